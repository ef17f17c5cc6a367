package dev.outcrop.operations;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The committed table of constraints. A service's rows are split when it is first asked for and a
 * row is parsed when a value of its type is first checked, so that a start pays for what is used.
 */
final class ConstraintTable {
  private final Map<String, String> blocks = new HashMap<>();
  private final Map<String, OfService> services = new ConcurrentHashMap<>();

  ConstraintTable() {
    String text = read();
    for (int at = 0; at < text.length(); ) {
      int next = text.indexOf("\nS\t", at);
      int end = next < 0 ? text.length() : next + 1;
      blocks.put(text.substring(at + 2, text.indexOf('\n', at)), text.substring(at, end));
      at = end;
    }
  }

  private static String read() {
    try (InputStream in = ConstraintTable.class.getResourceAsStream("constraints.tsv")) {
      if (in == null) throw new IllegalStateException("constraints.tsv is not on the class path");
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The types of a service; empty ones for a service without a model. */
  OfService service(String name) {
    return services.computeIfAbsent(name, key -> new OfService(blocks.getOrDefault(key, "")));
  }

  /** The types of one service by number, and those of its operations' inputs. */
  static final class OfService {
    private final List<String> rows = new ArrayList<>();
    private final AtomicReferenceArray<ShapeType> types;
    private final Map<String, Integer> inputs = new HashMap<>();

    OfService(String block) {
      for (String line : block.split("\n")) {
        if (line.startsWith("T\t")) rows.add(line);
        if (line.startsWith("O\t")) {
          int tab = line.indexOf('\t', 2);
          inputs.put(line.substring(2, tab), Integer.valueOf(line.substring(tab + 1)));
        }
      }
      types = new AtomicReferenceArray<>(rows.size());
    }

    /** The input type of an operation; -1 where nothing is demanded of it. */
    int input(String operation) {
      return inputs.getOrDefault(operation, -1);
    }

    int size() {
      return rows.size();
    }

    ShapeType type(int number) {
      ShapeType type = types.get(number);
      if (type == null) {
        type = parse(rows.get(number).split("\t", -1));
        types.set(number, type);
      }
      return type;
    }
  }

  private static ShapeType parse(String[] c) {
    return switch (c[1]) {
      case "structure", "union" -> structure(c);
      case "list" -> new ShapeType.Sequence(length(c, 2), length(c, 3), number(c, 4));
      case "map" -> new ShapeType.Mapping(length(c, 2), length(c, 3), number(c, 4), number(c, 5));
      case "number", "secret-number" -> new ShapeType.Numeric(bound(c, 2), bound(c, 3));
      case "text", "secret-text" -> text(c);
      default -> throw new IllegalStateException("Unknown kind of type: " + c[1]);
    };
  }

  private static ShapeType text(String[] c) {
    Set<String> values =
        cell(c, 4).isEmpty() ? null : new java.util.LinkedHashSet<>(List.of(cell(c, 4).split(",")));
    TextPattern pattern = cell(c, 5).isEmpty() ? null : new TextPattern(c[5]);
    boolean secret = c[1].startsWith("secret-");
    return new ShapeType.Text(length(c, 2), length(c, 3), values, pattern, secret);
  }

  private static ShapeType structure(String[] c) {
    List<ShapeType.Member> members = new ArrayList<>();
    for (int i = 2; i < c.length; i++) {
      int colon = c[i].lastIndexOf(':');
      boolean required = c[i].charAt(colon - 1) == '!';
      String name = c[i].substring(0, required ? colon - 1 : colon);
      String type = c[i].substring(colon + 1);
      members.add(
          new ShapeType.Member(name, required, type.isEmpty() ? -1 : Integer.parseInt(type)));
    }
    return new ShapeType.Structure(List.copyOf(members), c[1].equals("union"));
  }

  private static String cell(String[] cells, int at) {
    return at < cells.length ? cells[at] : "";
  }

  private static int number(String[] cells, int at) {
    return cell(cells, at).isEmpty() ? -1 : Integer.parseInt(cells[at]);
  }

  private static Long length(String[] cells, int at) {
    return cell(cells, at).isEmpty() ? null : Long.valueOf(cells[at]);
  }

  private static BigDecimal bound(String[] cells, int at) {
    return cell(cells, at).isEmpty() ? null : new BigDecimal(cells[at]);
  }
}
