package dev.outcrop.operations.generate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What botocore knows of the services and the SDK's classes do not say; see services.tsv. */
record Facts(List<OfService> services) {

  record OfService(
      List<String> row, Map<String, OfError> errors, Map<String, OfOperation> operations) {

    String name() {
      return row.get(0);
    }

    /** The SDK's package for the service. */
    String sdkPackage() {
      return name().equals("logs") ? "cloudwatchlogs" : name().replace("-", "");
    }

    boolean restful() {
      return row.get(4).startsWith("REST_");
    }

    /** By the shape's name or the code on the wire: Query clients know errors by the latter. */
    OfError error(String code) {
      OfError byShape = errors.get(code);
      return byShape != null
          ? byShape
          : errors.values().stream().filter(e -> e.code().equals(code)).findFirst().orElse(null);
    }
  }

  record OfError(String code, int status) {}

  record OfOperation(
      String method, String uri, int status, String query, String headers, String exceptions) {}

  static Facts read(Path file) throws IOException {
    List<OfService> services = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      String[] c = line.split("\t", -1);
      switch (c[0]) {
        case "S" -> services.add(service(c));
        case "E" ->
            services.getLast().errors().put(c[1], new OfError(c[2], Integer.parseInt(c[3])));
        case "O" -> services.getLast().operations().put(c[1], operation(c));
        default -> throw new IOException("Unknown row in " + file + ": " + line);
      }
    }
    return new Facts(services);
  }

  private static OfService service(String[] c) {
    List<String> row = new ArrayList<>();
    for (int i = 1; i <= 9; i++) row.add(cell(c, i));
    return new OfService(row, new LinkedHashMap<>(), new LinkedHashMap<>());
  }

  private static OfOperation operation(String[] c) {
    return new OfOperation(c[2], c[3], Integer.parseInt(c[4]), cell(c, 5), cell(c, 6), cell(c, 7));
  }

  private static String cell(String[] cells, int at) {
    return at < cells.length ? cells[at] : "";
  }
}
