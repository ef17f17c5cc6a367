package dev.outcrop.benchmarks;

import dev.outcrop.http.HttpServer;
import dev.outcrop.http.HttpSettings;
import dev.outcrop.wire.Capabilities;
import dev.outcrop.wire.Dispatcher;
import dev.outcrop.wire.HttpHandler;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * Routing, validation and both codecs of a Converse call, in requests per second, against a bare
 * handler of the same server that sends the same bytes.
 */
final class DispatchBenchmark {
  private static final String PATH = "/model/outcrop.echo-v1/converse";
  private static final int ROUNDS = 5;
  private static final int CONNECTIONS = 8;
  private static final Duration WARM_UP = Duration.ofSeconds(6);
  private static final Duration ROUND = Duration.ofSeconds(3);

  private DispatchBenchmark() {}

  static List<Ratio> run() throws Exception {
    HttpHandler dispatcher = new Dispatcher(Capabilities.of(new Echo()));
    HttpHandler bare = Bare.recorded(dispatcher, PATH, Echo.JSON.getBytes(StandardCharsets.UTF_8));
    byte[] request = Connection.post(PATH, "bedrock", Echo.JSON);
    Samples ours = new Samples();
    Samples baseline = new Samples();
    try (HttpServer full = HttpServer.start(HttpSettings.defaults(), dispatcher);
        HttpServer empty = HttpServer.start(HttpSettings.defaults(), bare)) {
      Load toFull = new Load(full.port(), request, CONNECTIONS);
      Load toEmpty = new Load(empty.port(), request, CONNECTIONS);
      toEmpty.requestsPerSecond(WARM_UP);
      toFull.requestsPerSecond(WARM_UP);
      for (int i = 0; i < ROUNDS; i++) {
        baseline.add(toEmpty.requestsPerSecond(ROUND));
        ours.add(toFull.requestsPerSecond(ROUND));
      }
    }
    return List.of(
        new Ratio(
            "Converse dispatch and codec vs bare handler",
            ours.median(),
            baseline.median(),
            "req/s",
            Ratio.Target.atLeast(0.6)));
  }
}
