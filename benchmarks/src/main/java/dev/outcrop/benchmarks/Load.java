package dev.outcrop.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many connections that send the same request as fast as it is answered. */
record Load(int port, byte[] request, int connections) {

  /** Requests a second over this long. */
  double requestsPerSecond(Duration duration) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
      long start = System.nanoTime();
      long end = start + duration.toNanos();
      List<Future<Long>> counts = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        counts.add(threads.submit(() -> repeat(end)));
      }
      long total = 0;
      for (Future<Long> count : counts) {
        total += count.get();
      }
      return total * 1e9 / (System.nanoTime() - start);
    }
  }

  private long repeat(long end) throws Exception {
    try (Connection connection = new Connection(port)) {
      long calls = 0;
      while (System.nanoTime() < end) {
        connection.call(request);
        calls++;
      }
      return calls;
    }
  }
}
