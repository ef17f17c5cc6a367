package dev.outcrop.operations.generate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Writes the operation index from the SDK's jars. The build runs it after compiling; reading the
 * same out of the jars at start would cost most of a second.
 *
 * <p>The text has a row per service (S), modelled error (E), event union (U) and operation (O), the
 * last three belonging to the service above them; cells are separated by tabs and empty ones at the
 * end left out. {@code OperationIndex} reads it.
 */
public final class IndexGenerator {
  private final StringBuilder out = new StringBuilder();

  private IndexGenerator() {}

  /**
   * @param arguments the facts file and the index file to write
   */
  public static void main(String[] arguments) throws Exception {
    var generator = new IndexGenerator();
    for (Facts.OfService facts : Facts.read(Path.of(arguments[0])).services()) {
      generator.service(facts, new SdkService(facts.sdkPackage()));
    }
    Path index = Path.of(arguments[1]);
    Files.createDirectories(index.getParent());
    Files.writeString(index, generator.out);
  }

  private void service(Facts.OfService facts, SdkService sdk)
      throws IOException, ReflectiveOperationException {
    List<String> row = new ArrayList<>(facts.row());
    row.add(1, sdk.packageName.substring(sdk.packageName.lastIndexOf('.') + 1));
    if (facts.name().equals("s3")) row.set(8, "http://s3.amazonaws.com/doc/2006-03-01/");
    row("S", row.toArray());
    sdk.code.failures.forEach((code, failure) -> error(facts, code, failure));
    Map<String, Map<String, String>> unions = new TreeMap<>();
    List<Object[]> operations = new ArrayList<>();
    for (String marshaller : sdk.marshallers()) {
      operations.add(operation(facts, sdk, marshaller, unions));
    }
    unions.forEach((union, builders) -> row("U", union, pairs(builders)));
    operations.forEach(cells -> row("O", cells));
  }

  private void error(Facts.OfService facts, String code, ClientCode.Failure failure) {
    Facts.OfError known = facts.error(code);
    int status = known != null && failure.status() == 0 ? known.status() : failure.status();
    String queryCode = known == null || known.code().equals(code) ? "" : known.code();
    row("E", code, status == 0 ? 400 : status, simple(failure.exceptionClass()), queryCode);
  }

  private static Object[] operation(
      Facts.OfService facts,
      SdkService sdk,
      String marshaller,
      Map<String, Map<String, String>> unions)
      throws IOException, ReflectiveOperationException {
    String base = marshaller.substring(0, marshaller.length() - "RequestMarshaller".length());
    String name = sdk.code.operations.get(marshaller);
    if (name == null || !sdk.hasModel(base + "Request") || !sdk.hasModel(base + "Response")) {
      throw new IOException("No operation, request or response for " + marshaller);
    }
    Streams streams = Streams.of(sdk.methodsTaking(base + "Request"));
    for (Class<?> union : new Class<?>[] {streams.in(), streams.out()}) {
      if (union != null) unions.put(union.getSimpleName(), Streams.builders(union));
    }
    Facts.OfOperation known = facts.operations().get(name);
    var binding = sdk.binding(marshaller);
    String method = facts.restful() ? binding.httpMethod().name() : "POST";
    String uri = facts.restful() ? binding.requestUri() : "/";
    // The SDK leaves the bucket out of S3's paths, since it may stand in the host instead.
    if (facts.name().equals("s3")) uri = known.uri();
    return new Object[] {
      name,
      method,
      uri,
      known == null || known.status() == 200 ? "" : known.status(),
      streams.kind().name().equals("NONE") ? "" : streams.kind(),
      base.equals(name) ? "" : base,
      streams.in() == null ? "" : streams.in().getSimpleName(),
      streams.out() == null ? "" : streams.out().getSimpleName(),
      known == null ? "" : known.query(),
      known == null ? "" : known.headers(),
      streams.out() == null ? "" : exceptions(known, sdk)
    };
  }

  /** Exception classes by the name they carry in the event stream. */
  private static String exceptions(Facts.OfOperation known, SdkService sdk) throws IOException {
    Map<String, ClientCode.Failure> failures = sdk.code.failures;
    Map<String, String> classes = new TreeMap<>();
    if (known == null) {
      failures.forEach((code, failure) -> classes.put(code, simple(failure.exceptionClass())));
      return pairs(classes);
    }
    for (String pair :
        known.exceptions().isEmpty() ? new String[0] : known.exceptions().split(",")) {
      String[] names = pair.split("=", 2);
      ClientCode.Failure failure = failures.get(names[1]);
      if (failure == null) throw new IOException("No exception class for " + pair);
      classes.put(names[0], simple(failure.exceptionClass()));
    }
    return pairs(classes);
  }

  private static String pairs(Map<String, String> map) {
    return map.entrySet().stream()
        .map(e -> e.getKey() + "=" + e.getValue())
        .collect(Collectors.joining(","));
  }

  private static String simple(String className) {
    return className.substring(className.lastIndexOf('.') + 1);
  }

  private void row(String kind, Object... cells) {
    StringJoiner row = new StringJoiner("\t").add(kind);
    for (Object cell : cells) row.add(String.valueOf(cell));
    out.append(row.toString().stripTrailing()).append('\n');
  }
}
