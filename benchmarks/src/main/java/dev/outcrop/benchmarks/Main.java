package dev.outcrop.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Runs one benchmark by name; see {@code benchmarks/README.md}. */
public final class Main {

  /** Measures and says how it went. */
  @FunctionalInterface
  interface Benchmark {
    List<? extends Result> run() throws Exception;
  }

  private static final Map<String, Benchmark> BENCHMARKS = new LinkedHashMap<>();

  static {
    BENCHMARKS.put("dispatch", DispatchBenchmark::run);
    BENCHMARKS.put("codec", CodecBenchmark::run);
    BENCHMARKS.put("first-byte", FirstByteBenchmark::run);
    BENCHMARKS.put("ingestion", IngestionBenchmark::run);
    BENCHMARKS.put("retrieve", RetrieveBenchmark::run);
    BENCHMARKS.put("chat", ChatBenchmark::run);
    BENCHMARKS.put("conversations", ConversationsBenchmark::run);
    BENCHMARKS.put("startup", StartupBenchmark::run);
    BENCHMARKS.put("gateway throughput", GatewayThroughput::run);
    BENCHMARKS.put("gateway latency", GatewayLatency::run);
    BENCHMARKS.put("gateway streams", GatewayStreams::run);
    BENCHMARKS.put("gateway", Main::gateway);
  }

  private Main() {}

  private static List<Result> gateway() throws Exception {
    List<Result> results = new ArrayList<>();
    try (Gateway gateway = Gateway.open("1x1");
        GatewayProcess liteLlm = gateway.liteLlm()) {
      results.addAll(GatewayThroughput.measure(gateway, liteLlm.port()));
      results.addAll(GatewayLatency.measure(gateway, liteLlm.port()));
    }
    results.addAll(GatewayStreams.run());
    return results;
  }

  /** Exit status 0 when every target was reached, 1 when one was missed, 2 for an unknown name. */
  public static void main(String[] arguments) throws Exception {
    String name = String.join(" ", arguments);
    if (!BENCHMARKS.containsKey(name)) {
      System.err.println("Name one benchmark of " + BENCHMARKS.keySet());
      System.exit(2);
    }
    Logger.getLogger("").setLevel(Level.WARNING);
    List<? extends Result> results = BENCHMARKS.get(name).run();
    results.forEach(result -> System.out.println(result.line()));
    System.exit(results.stream().allMatch(Result::reached) ? 0 : 1);
  }
}
