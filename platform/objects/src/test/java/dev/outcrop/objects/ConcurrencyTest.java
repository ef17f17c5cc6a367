package dev.outcrop.objects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outcrop.wire.Capabilities;
import dev.outcrop.wire.LocalClients;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

class ConcurrencyTest extends S3Test {
  @Override
  S3Client client(Capabilities capabilities) {
    return LocalClients.create(S3Client.class, capabilities);
  }

  /** Bodies are one byte repeated, of a length that goes with it. */
  @Test
  void readersNeverSeeHalfAnObject() throws Exception {
    ConcurrentLinkedQueue<Object> wrong = new ConcurrentLinkedQueue<>();
    AtomicInteger reads = new AtomicInteger();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int writer = 0; writer < 4; writer++) {
        int start = writer;
        var _ = threads.submit(() -> write(start));
      }
      for (int reader = 0; reader < 4; reader++) {
        var _ =
            threads.submit(
                () -> {
                  for (int i = 0; i < 100; i++) {
                    read(wrong, reads);
                  }
                  return null;
                });
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(reads.get()).isPositive();
  }

  private Void write(int start) {
    for (int i = start; i < 60; i += 4) {
      byte[] body = new byte[100_000 + i];
      Arrays.fill(body, (byte) i);
      s3.putObject(r -> r.bucket("box").key("k"), RequestBody.fromBytes(body));
      if (i % 10 == 0) {
        s3.deleteObject(r -> r.bucket("box").key("k"));
      }
    }
    return null;
  }

  private void read(ConcurrentLinkedQueue<Object> wrong, AtomicInteger reads) {
    try {
      byte[] got = s3.getObjectAsBytes(r -> r.bucket("box").key("k")).asByteArray();
      byte[] expected = new byte[100_000 + got[0]];
      Arrays.fill(expected, got[0]);
      if (!Arrays.equals(got, expected)) {
        wrong.add(got.length);
      }
      reads.incrementAndGet();
    } catch (NoSuchKeyException e) {
      // deleted just now
    } catch (RuntimeException e) {
      wrong.add(e);
    }
  }

  @Test
  void oneOfManyWins() throws Exception {
    AtomicInteger winners = new AtomicInteger();
    AtomicInteger losers = new AtomicInteger();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 16; i++) {
        int number = i;
        var _ =
            threads.submit(
                () -> {
                  try {
                    put("lock", "owner " + number, r -> r.ifNoneMatch("*"));
                    winners.incrementAndGet();
                  } catch (S3Exception e) {
                    losers.addAndGet(e.statusCode() == 412 ? 1 : 100);
                  }
                });
      }
    }
    assertThat(winners).hasValue(1);
    assertThat(losers).hasValue(15);
    assertThat(get("lock")).startsWith("owner ");
  }
}
