package dev.outcrop.benchmarks;

import dev.outcrop.http.HttpServer;
import dev.outcrop.http.HttpSettings;
import dev.outcrop.wire.Capabilities;
import dev.outcrop.wire.Dispatcher;
import dev.outcrop.wire.HttpHandler;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * From sending a ConverseStream request to the first byte of its first event, against a bare
 * handler of the same server that streams the same bytes.
 */
final class FirstByteBenchmark {
  private static final String PATH = "/model/outcrop.echo-v1/converse-stream";
  private static final int WARM_UP = 5000;
  private static final int CALLS = 5000;

  private FirstByteBenchmark() {}

  static List<Ratio> run() throws Exception {
    HttpHandler dispatcher = new Dispatcher(Capabilities.of(new Echo()));
    HttpHandler bare = Bare.recorded(dispatcher, PATH, Echo.JSON.getBytes(StandardCharsets.UTF_8));
    byte[] request = Connection.post(PATH, "bedrock", Echo.JSON);
    Samples ours = new Samples();
    Samples baseline = new Samples();
    try (HttpServer full = HttpServer.start(HttpSettings.defaults(), dispatcher);
        HttpServer empty = HttpServer.start(HttpSettings.defaults(), bare);
        Connection toFull = new Connection(full.port());
        Connection toEmpty = new Connection(empty.port())) {
      for (int i = 0; i < WARM_UP + CALLS; i++) {
        double without = toEmpty.call(request) / 1e3;
        double with = toFull.call(request) / 1e3;
        if (i >= WARM_UP) {
          baseline.add(without);
          ours.add(with);
        }
      }
    }
    return List.of(
        new Ratio(
            "First byte of a streamed event, median, vs bare handler",
            ours.median(),
            baseline.median(),
            "us",
            null),
        new Ratio(
            "First byte of a streamed event, p99, vs bare handler",
            ours.quantile(0.99),
            baseline.quantile(0.99),
            "us",
            null));
  }
}
