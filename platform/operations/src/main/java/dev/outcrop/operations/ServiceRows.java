package dev.outcrop.operations;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The rows of one service in the index text, parsed when first needed. */
final class ServiceRows {
  private final String text;
  private final Service service;
  private volatile Parsed parsed;

  private record Parsed(
      Map<String, Operation> operations,
      Map<String, Operation> byRequestClass,
      Map<String, ServiceError> errors) {}

  ServiceRows(String text) {
    this.text = text;
    String[] c = cells(text.substring(0, text.indexOf('\n')), 11);
    service =
        new Service(
            c[1],
            "software.amazon.awssdk.services." + c[2] + ".model",
            c[3],
            c[4],
            c[5],
            protocols(c[6]),
            c[7],
            c[8],
            c[9],
            c[10].equals("compatible"));
  }

  // Plain loops on the way of every start: the first stream of a process costs milliseconds.
  private static List<Protocol> protocols(String cell) {
    String[] names = cell.split(",");
    Protocol[] protocols = new Protocol[names.length];
    for (int i = 0; i < names.length; i++) protocols[i] = Protocol.valueOf(names[i]);
    return List.of(protocols);
  }

  Service service() {
    return service;
  }

  Map<String, Operation> operations() {
    return parsed().operations;
  }

  Map<String, Operation> byRequestClass() {
    return parsed().byRequestClass;
  }

  /** Errors by exception class. */
  Map<String, ServiceError> errors() {
    return parsed().errors;
  }

  private Parsed parsed() {
    Parsed result = parsed;
    if (result == null) {
      synchronized (this) {
        if (parsed == null) parsed = parse();
        result = parsed;
      }
    }
    return result;
  }

  private Parsed parse() {
    Map<String, Operation> operations = new TreeMap<>();
    Map<String, Operation> byRequestClass = new HashMap<>();
    Map<String, ServiceError> errors = new LinkedHashMap<>();
    Map<String, Map<String, String>> unions = new HashMap<>();
    for (String line : text.split("\n")) {
      switch (line.charAt(0)) {
        case 'E' -> {
          String[] c = cells(line, 5);
          String code = c[1];
          var error =
              new ServiceError(
                  code, c[4].isEmpty() ? code : c[4], Integer.parseInt(c[2]), model(c[3]));
          errors.putIfAbsent(error.exceptionClass(), error);
        }
        case 'U' -> {
          String[] c = cells(line, 3);
          unions.put(c[1], pairs(c[2], ""));
        }
        case 'O' -> {
          Operation operation = operation(cells(line, 12), unions);
          operations.put(operation.name(), operation);
          byRequestClass.put(operation.requestClass(), operation);
        }
        default -> {}
      }
    }
    return new Parsed(
        Collections.unmodifiableMap(operations),
        byRequestClass,
        Collections.unmodifiableMap(errors));
  }

  private Operation operation(String[] c, Map<String, Map<String, String>> unions) {
    String base = c[6].isEmpty() ? c[1] : c[6];
    String prefix = service.targetPrefix();
    return new Operation(
        service.name(),
        c[1],
        service.protocol(),
        service.protocols(),
        c[2],
        c[3],
        prefix.isEmpty() ? null : prefix + "." + c[1],
        c[4].isEmpty() ? 200 : Integer.parseInt(c[4]),
        c[5].isEmpty() ? Streaming.NONE : Streaming.valueOf(c[5]),
        service.signingName(),
        service.apiVersion(),
        model(base + "Request"),
        model(base + "Response"),
        list(c[9]),
        list(c[10].toLowerCase(Locale.ROOT)),
        union(c[7], unions, Map.of()),
        union(c[8], unions, pairs(c[11], service.modelPackage() + ".")));
  }

  private EventUnion union(
      String name, Map<String, Map<String, String>> unions, Map<String, String> exceptions) {
    return name.isEmpty() ? null : new EventUnion(model(name), unions.get(name), exceptions);
  }

  private String model(String simpleName) {
    return service.modelPackage() + "." + simpleName;
  }

  private static String[] cells(String line, int count) {
    String[] cells = new String[count];
    int at = 0;
    for (int i = 0; i < count; i++) {
      int tab = at > line.length() ? -1 : line.indexOf('\t', at);
      int end = tab < 0 ? line.length() : tab;
      cells[i] = at > line.length() ? "" : line.substring(at, end);
      at = end + 1;
    }
    return cells;
  }

  private static List<String> list(String cell) {
    return cell.isEmpty() ? List.of() : List.of(cell.split(","));
  }

  private static Map<String, String> pairs(String cell, String valuePrefix) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String pair : list(cell)) {
      int equals = pair.indexOf('=');
      pairs.put(pair.substring(0, equals), valuePrefix + pair.substring(equals + 1));
    }
    return Collections.unmodifiableMap(pairs);
  }
}
