package dev.outcrop.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A thousand streams at once through Outcrop, a word every 400 ms each, and its memory meanwhile:
 * every stream must come to its end, and what the server holds must not grow while they go on.
 */
final class GatewayStreams {
  private static final int PIECES = 150;
  private static final int EVERY_MILLIS = 400;
  private static final int[] STEPS = {100, 500, 1_000};
  private static final int SAMPLES = 4;
  private static final int BETWEEN_MILLIS = 8_000;

  /** Until every stream has had a dozen pieces, and with them the buffers that it will have. */
  private static final int SETTLE_MILLIS = 5_000;

  private static final double FLAT = 1.1;

  private GatewayStreams() {}

  private record Memory(double resident, double heap) {}

  static List<Result> run() throws Exception {
    List<Result> results = new ArrayList<>();
    byte[] warm = Gateway.chat(Gateway.NOW, true);
    try (Gateway gateway = Gateway.open(PIECES + "x" + EVERY_MILLIS);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      GatewayProcess outcrop = gateway.outcrop();
      new Load(outcrop.port(), warm, 16).requestsPerSecond(Duration.ofSeconds(8));
      add("no streams", memory(outcrop), results);
      List<Future<Long>> streams = new ArrayList<>();
      Memory full = null;
      for (int step : STEPS) {
        while (streams.size() < step) {
          streams.add(threads.submit(() -> stream(outcrop.port())));
          Thread.sleep(2);
        }
        Thread.sleep(SETTLE_MILLIS);
        full = memory(outcrop);
        add(step + " streams", full, results);
      }
      Memory last = full;
      for (int i = 1; i <= SAMPLES; i++) {
        Thread.sleep(BETWEEN_MILLIS);
        last = memory(outcrop);
        add("1000 streams, sample " + i + " of " + SAMPLES, last, results);
      }
      results.add(
          Bound.atMost("Heap in use, last sample vs first", last.heap() / full.heap(), "x", FLAT));
      results.add(
          Bound.atMost(
              "Resident, last sample vs first", last.resident() / full.resident(), "x", FLAT));
      results.add(
          Bound.atLeast(
              "Streams that came to their end",
              ended(streams),
              "streams",
              STEPS[STEPS.length - 1]));
      add("no streams again", memory(outcrop), results);
    }
    return results;
  }

  private static Memory memory(GatewayProcess outcrop) throws IOException, InterruptedException {
    double heap = outcrop.liveHeap();
    return new Memory(outcrop.resident(), heap);
  }

  private static void add(String when, Memory memory, List<Result> to) {
    to.add(Bound.none("Resident with " + when, memory.resident(), "MB"));
    to.add(Bound.none("Heap in use with " + when, memory.heap(), "MB"));
  }

  private static long stream(int port) throws IOException {
    try (Connection connection = new Connection(port)) {
      connection.until(Gateway.chat(Gateway.LONG, true), "[DONE]");
      return 1;
    }
  }

  private static long ended(List<Future<Long>> streams) throws InterruptedException {
    long ended = 0;
    for (Future<Long> stream : streams) {
      try {
        ended += stream.get();
      } catch (ExecutionException e) {
        System.err.println("A stream broke: " + e.getCause());
      }
    }
    return ended;
  }
}
