package dev.outcrop.metering.ledger;

import dev.outcrop.metering.Calls;
import dev.outcrop.metering.Databases;
import dev.outcrop.models.calls.ModelCall;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A process that is going to be killed: 200 threads meter calls. Writes a record of 16 bytes, the
 * tokens in and out, to standard output after each call is acknowledged.
 */
final class KilledWriter {
  private static final int THREADS = 200;

  private KilledWriter() {}

  public static void main(String[] arguments) throws Exception {
    long calls = Long.parseLong(arguments[1]);
    Ledger ledger = new Ledger(Databases.open(Path.of(arguments[0])), InstantSource.system());
    FileOutputStream out = new FileOutputStream(FileDescriptor.out);
    AtomicLong next = new AtomicLong();
    Thread[] threads = new Thread[THREADS];
    for (int thread = 0; thread < THREADS; thread++) {
      String key = "key-" + thread % 10;
      threads[thread] =
          Thread.ofVirtual()
              .start(
                  () -> {
                    for (long n; (n = next.getAndIncrement()) < calls; ) {
                      call(ledger, key, n);
                      acknowledge(out, n);
                    }
                  });
    }
    for (Thread thread : threads) {
      thread.join();
    }
    new DataOutputStream(out).writeLong(-1);
    Thread.sleep(60_000); // until killed
  }

  private static void call(Ledger ledger, String key, long n) {
    ModelCall call = Calls.call(Calls.chat("model-" + n % 3, Calls.PRICES), key, Instant.now());
    ledger.begin(call).end(Calls.done(call, input(n), output(n)));
  }

  static long input(long n) {
    return 100 + n % 1000;
  }

  static long output(long n) {
    return 1 + n % 77;
  }

  private static void acknowledge(FileOutputStream out, long n) {
    try {
      // One write each, so that no two records mix.
      out.write(ByteBuffer.allocate(Long.BYTES).putLong(n).array());
    } catch (java.io.IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
