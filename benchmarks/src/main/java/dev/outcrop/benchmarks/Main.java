package dev.outcrop.benchmarks;

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
    List<Ratio> run() throws Exception;
  }

  private static final Map<String, Benchmark> BENCHMARKS = new LinkedHashMap<>();

  static {
    BENCHMARKS.put("dispatch", DispatchBenchmark::run);
    BENCHMARKS.put("codec", CodecBenchmark::run);
    BENCHMARKS.put("first-byte", FirstByteBenchmark::run);
    BENCHMARKS.put("ingestion", IngestionBenchmark::run);
    BENCHMARKS.put("retrieve", RetrieveBenchmark::run);
    BENCHMARKS.put("chat", ChatBenchmark::run);
    BENCHMARKS.put("startup", StartupBenchmark::run);
  }

  private Main() {}

  /** Exit status 0 when every target was reached, 1 when one was missed, 2 for an unknown name. */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 1 || !BENCHMARKS.containsKey(arguments[0])) {
      System.err.println("Name one benchmark of " + BENCHMARKS.keySet());
      System.exit(2);
    }
    Logger.getLogger("").setLevel(Level.WARNING);
    List<Ratio> ratios = BENCHMARKS.get(arguments[0]).run();
    ratios.forEach(ratio -> System.out.println(ratio.line()));
    System.exit(ratios.stream().allMatch(Ratio::reached) ? 0 : 1);
  }
}
