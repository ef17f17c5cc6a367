package dev.outcrop.benchmarks;

import java.time.Duration;
import java.util.List;

/**
 * Requests per second that a gateway passes on to one fake upstream, over 16 connections, with
 * authentication, metering and the invocation log: Outcrop beside LiteLLM's proxy, in turn.
 * Upstream, gateways and the connections' threads share the machine.
 */
final class GatewayThroughput {
  private static final int CONNECTIONS = 16;
  private static final int ROUNDS = 3;
  private static final Duration WARM_UP = Duration.ofSeconds(12);
  private static final Duration ROUND = Duration.ofSeconds(4);

  private GatewayThroughput() {}

  static List<Result> run() throws Exception {
    try (Gateway gateway = Gateway.open("1x1");
        GatewayProcess liteLlm = gateway.liteLlm()) {
      return measure(gateway, liteLlm.port());
    }
  }

  static List<Result> measure(Gateway gateway, int liteLlm) throws Exception {
    byte[] chat = Gateway.chat(Gateway.NOW, false);
    byte[] signed = Gateway.converse();
    int outcrop = gateway.outcrop().port();
    Samples direct = new Samples();
    Samples ours = new Samples();
    Samples converse = new Samples();
    Samples theirs = new Samples();
    load(liteLlm, chat, ROUND);
    load(gateway.upstream().port(), chat, ROUND.dividedBy(2));
    load(outcrop, chat, WARM_UP);
    load(outcrop, signed, WARM_UP.dividedBy(2));
    for (int i = 0; i < ROUNDS; i++) {
      theirs.add(load(liteLlm, chat, ROUND));
      ours.add(load(outcrop, chat, ROUND));
      converse.add(load(outcrop, signed, ROUND));
      direct.add(load(gateway.upstream().port(), chat, ROUND.dividedBy(2)));
    }
    double lost = gateway.lostRecords();
    return List.of(
        new Ratio(
            "/v1/chat/completions, 16 connections, vs LiteLLM",
            ours.median(),
            theirs.median(),
            "req/s",
            Ratio.Target.atLeast(50)),
        new Ratio(
            "Converse, 16 connections, vs LiteLLM's chat",
            converse.median(),
            theirs.median(),
            "req/s",
            Ratio.Target.atLeast(50)),
        Bound.atLeast("/v1/chat/completions, 16 connections", ours.median(), "req/s", 4_900),
        Bound.none("The fake upstream alone, 16 connections", direct.median(), "req/s"),
        Bound.atMost("Records that the invocation log lost", lost, "records", 0));
  }

  private static double load(int port, byte[] request, Duration duration) throws Exception {
    return new Load(port, request, CONNECTIONS).requestsPerSecond(duration);
  }
}
