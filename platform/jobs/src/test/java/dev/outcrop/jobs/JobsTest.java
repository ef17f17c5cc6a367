package dev.outcrop.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outcrop.storage.Database;
import dev.outcrop.wire.RequestContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class JobsTest {
  private static final Retry QUICK = new Retry(3, Duration.ofMillis(1), Duration.ofMillis(5));

  @TempDir private Path folder;
  private Database database;
  private Jobs jobs;
  private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

  @BeforeEach
  void open() {
    database = Database.open(folder.resolve("outcrop.db"));
    jobs = new Jobs(database, InstantSource.system(), 2);
  }

  @AfterEach
  void close() {
    jobs.close();
    database.close();
  }

  private void reopen() {
    close();
    open();
  }

  /** What happened next, in the order in which it happened. */
  private String next() throws InterruptedException {
    return seen.poll(30, TimeUnit.SECONDS);
  }

  private void awaitEnd(String kind, String id) throws InterruptedException {
    while (jobs.active(kind, id)) {
      Thread.sleep(5);
    }
  }

  /** Records what it is told. */
  private class Recorder implements JobHandler {
    @Override
    public void run(JobContext context) throws Exception {
      seen.add("ran " + context.payload());
    }

    @Override
    public void failed(Job job, Exception cause) {
      seen.add("failed " + job.id() + ": " + cause.getMessage());
    }

    @Override
    public void cancelled(Job job) {
      seen.add("cancelled " + job.id());
    }
  }

  @Test
  void runsWhatWasSubmittedForWhoSubmittedIt() throws Exception {
    jobs.register(
            "test",
            context ->
                seen.add(RequestContext.current().account() + RequestContext.current().key()))
        .start();
    RequestContext request =
        new RequestContext("r", "111122223333", "eu-west-1", "arn:aws:iam::1:root", "team-a", null);
    assertThat(request.call(() -> jobs.submit("test", "1", "p"))).isTrue();
    assertThat(next()).isEqualTo("111122223333team-a");
    awaitEnd("test", "1");
    assertThat(jobs.submit("test", "1", "again")).isTrue();
  }

  @Test
  void refusesASecondJobOfTheSameId() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    jobs.register("test", context -> end.await()).start();
    assertThat(jobs.submit("test", "1", "p")).isTrue();
    assertThat(jobs.submit("test", "1", "p")).isFalse();
    end.countDown();
  }

  @Test
  void refusesAKindThatNobodyDoes() {
    assertThatThrownBy(() -> jobs.submit("unknown", "1", "p")).hasMessageContaining("unknown");
  }

  @Test
  void submitsWithTheTransactionOrNotAtAll() throws Exception {
    jobs.register("test", new Recorder()).start();
    assertThatThrownBy(
            () ->
                database.write(
                    sql -> {
                      jobs.submit("test", "undone", "undone");
                      throw new IOException("midway");
                    }))
        .hasMessage("midway");
    database.write(sql -> jobs.submit("test", "done", "done"));
    assertThat(next()).isEqualTo("ran done");
    assertThat(jobs.active("test", "undone")).isFalse();
    awaitEnd("test", "done");
    assertThat(seen).isEmpty();
  }

  @Test
  void triesAgainWhatMayPassAndGivesUpInTheEnd() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    jobs.register(
            "test",
            QUICK,
            new Recorder() {
              @Override
              public void run(JobContext context) throws Exception {
                if (tries.incrementAndGet() < Integer.parseInt(context.payload())) {
                  throw new RetryableException(new IOException("busy"));
                }
                seen.add("ran at try " + tries);
              }
            })
        .start();
    jobs.submit("test", "1", "3");
    assertThat(next()).isEqualTo("ran at try 3");
    awaitEnd("test", "1");
    tries.set(0);
    jobs.submit("test", "2", "4");
    assertThat(next()).isEqualTo("failed 2: busy");
    awaitEnd("test", "2");
    assertThat(tries).hasValue(3);
  }

  @Test
  void failsAtOnceForOtherReasons() throws Exception {
    jobs.register(
            "test",
            new Recorder() {
              @Override
              public void run(JobContext context) {
                throw new IllegalStateException("broken");
              }
            })
        .start();
    jobs.submit("test", "1", "p");
    assertThat(next()).isEqualTo("failed 1: broken");
    awaitEnd("test", "1");
  }

  @Test
  void cancelsQueuedAndRunningJobs() throws Exception {
    jobs.register(
            "test",
            new Recorder() {
              @Override
              public void run(JobContext context) throws Exception {
                seen.add("began " + context.job().id());
                context.interruptibly(
                    () -> {
                      new CountDownLatch(1).await();
                      return null;
                    });
              }
            })
        .start();
    jobs.submit("test", "1", "");
    jobs.submit("test", "2", "");
    assertThat(List.of(next(), next())).containsExactlyInAnyOrder("began 1", "began 2");
    jobs.submit("test", "3", "");
    assertThat(jobs.cancel("test", "3")).isTrue();
    assertThat(next()).isEqualTo("cancelled 3");
    assertThat(jobs.active("test", "3")).isFalse();
    assertThat(jobs.cancel("test", "2")).isTrue();
    assertThat(next()).isEqualTo("cancelled 2");
    jobs.cancel("test", "1");
    assertThat(next()).isEqualTo("cancelled 1");
    awaitEnd("test", "1");
    assertThat(jobs.cancel("test", "1")).isFalse();
  }

  @Test
  void runsNoMoreAtATimeThanAsked() throws Exception {
    AtomicInteger now = new AtomicInteger();
    List<Integer> together = new CopyOnWriteArrayList<>();
    CountDownLatch all = new CountDownLatch(40);
    jobs.register(
            "test",
            context -> {
              together.add(now.incrementAndGet());
              Thread.sleep(2);
              now.decrementAndGet();
              all.countDown();
            })
        .start();
    for (int i = 0; i < 40; i++) {
      jobs.submit("test", "job" + i, "");
    }
    all.await();
    assertThat(together).hasSize(40).allMatch(n -> n <= 2);
  }

  @Test
  void goesOnAfterAnOrderlyEnd() throws Exception {
    jobs.register(
            "test",
            context -> {
              context.save("half");
              seen.add("began");
              while (true) {
                context.checkCancelled();
                Thread.sleep(5);
              }
            })
        .start();
    jobs.submit("test", "1", "p");
    next();
    reopen();
    jobs.register("test", context -> seen.add("goes on from " + context.state())).start();
    assertThat(next()).isEqualTo("goes on from half");
    awaitEnd("test", "1");
  }

  @Test
  void runsAgainWhenTheEndCannotBeRecorded() throws Exception {
    AtomicInteger ends = new AtomicInteger();
    jobs.register(
            "test",
            QUICK,
            new Recorder() {
              @Override
              public void run(JobContext context) {
                throw new IllegalStateException("broken");
              }

              @Override
              public void failed(Job job, Exception cause) {
                if (ends.incrementAndGet() == 1) {
                  throw new IllegalStateException("cannot say");
                }
                super.failed(job, cause);
              }
            })
        .start();
    jobs.submit("test", "1", "");
    assertThat(next()).isEqualTo("failed 1: broken");
    awaitEnd("test", "1");
    assertThat(ends).hasValue(2);
  }

  /** A second process, as it were, after the first was lost while its job did not stop. */
  @Test
  void remembersACancellation() throws Exception {
    CountDownLatch lost = new CountDownLatch(1);
    jobs.register(
            "test",
            context -> {
              seen.add("began");
              lost.await();
            })
        .start();
    jobs.submit("test", "1", "");
    next();
    assertThat(jobs.cancel("test", "1")).isTrue();
    try (Database again = Database.open(folder.resolve("outcrop.db"));
        Jobs next = new Jobs(again, InstantSource.system(), 1)) {
      next.register("test", new Recorder()).start();
      assertThat(next()).isEqualTo("cancelled 1");
    }
    lost.countDown();
  }
}
