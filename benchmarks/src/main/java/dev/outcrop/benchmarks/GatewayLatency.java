package dev.outcrop.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a gateway adds to a call of the fake upstream over one connection: to the whole answer, and
 * to the first word of a stream. Calls with and without it take turns.
 */
final class GatewayLatency {
  private static final int CALLS = 4_000;
  private static final int STREAMS = 200;
  private static final int CALLS_LITELLM = 300;
  private static final Duration WARM_UP = Duration.ofSeconds(6);

  private GatewayLatency() {}

  static List<Result> run() throws Exception {
    try (Gateway gateway = Gateway.open("1x1");
        GatewayProcess liteLlm = gateway.liteLlm()) {
      int outcrop = gateway.outcrop().port();
      load(outcrop, Gateway.chat(Gateway.NOW, false));
      load(outcrop, Gateway.converse());
      return measure(gateway, liteLlm.port());
    }
  }

  /** With an Outcrop whose code is compiled. */
  static List<Result> measure(Gateway gateway, int liteLlm) throws Exception {
    byte[] whole = Gateway.chat(Gateway.NOW, false);
    byte[] stream = Gateway.chat(Gateway.PACED, true);
    byte[] directStream = Gateway.chat(Gateway.PACE, true);
    int outcrop = gateway.outcrop().port();
    int direct = gateway.upstream().port();
    load(outcrop, Gateway.chat(Gateway.NOW, true));
    new Load(liteLlm, whole, 1).requestsPerSecond(Duration.ofSeconds(2));
    List<Result> results = new ArrayList<>();
    added(direct, whole, outcrop, whole, CALLS)
        .results("Added to /v1/chat/completions", 0.5, results);
    added(direct, whole, outcrop, Gateway.converse(), CALLS)
        .results("Added to Converse", 0.5, results);
    added(direct, directStream, outcrop, stream, STREAMS)
        .results("Added to the first word of a stream", 2, results);
    added(direct, whole, liteLlm, whole, CALLS_LITELLM)
        .results("Added by LiteLLM", Double.NaN, results);
    added(direct, directStream, liteLlm, stream, CALLS_LITELLM / 2)
        .results("Added by LiteLLM to the first word", Double.NaN, results);
    return results;
  }

  private static void load(int port, byte[] request) throws Exception {
    new Load(port, request, 4).requestsPerSecond(WARM_UP);
  }

  private static Added added(int direct, byte[] asked, int through, byte[] request, int calls)
      throws IOException {
    Added added = new Added(new Samples(), new Samples());
    try (Connection without = new Connection(direct);
        Connection with = new Connection(through)) {
      for (int i = -calls / 10; i < calls; i++) {
        double alone = without.until(asked, GatewayAnswers.FIRST) / 1e6;
        double together = with.until(request, GatewayAnswers.FIRST) / 1e6;
        if (i >= 0) {
          added.without().add(alone);
          added.with().add(together);
        }
      }
    }
    return added;
  }

  /** Milliseconds of calls without and with a gateway. */
  private record Added(Samples without, Samples with) {

    void results(String name, double limit, List<Result> to) {
      double median = with.median() - without.median();
      to.add(Bound.atMost(name + ", p50", median, "ms", limit));
      to.add(Bound.none(name + ", p95", at(0.95), "ms"));
      to.add(Bound.none(name + ", p99", at(0.99), "ms"));
    }

    private double at(double share) {
      return with.quantile(share) - without.quantile(share);
    }
  }
}
