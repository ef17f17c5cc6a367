package dev.outcrop.metering.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GroupCommitTest {
  @Test
  void everyItemIsWrittenOnceBeforeItsThreadGoesOn() throws Exception {
    Set<Integer> written = ConcurrentHashMap.newKeySet();
    AtomicInteger commits = new AtomicInteger();
    AtomicInteger inside = new AtomicInteger();
    GroupCommit<Integer> group =
        new GroupCommit<>(
            items -> {
              if (inside.incrementAndGet() != 1) {
                throw new AssertionError("two commits at once");
              }
              if (!written.addAll(items)) {
                throw new AssertionError("written twice");
              }
              commits.incrementAndGet();
              inside.decrementAndGet();
            });
    List<Future<?>> threads = new ArrayList<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int thread = 0; thread < 200; thread++) {
        int first = thread * 1000;
        threads.add(
            executor.submit(
                () -> {
                  for (int item = first; item < first + 1000; item++) {
                    group.write(item);
                    if (!written.contains(item)) {
                      throw new AssertionError(item + " is not written");
                    }
                  }
                }));
      }
    }
    for (Future<?> thread : threads) {
      thread.get();
    }
    assertThat(written).hasSize(200_000);
    assertThat(commits.get()).isBetween(200_000 / 1000, 200_000);
  }

  @Test
  void whatCameWhileACommitRanIsWrittenTogether() throws Exception {
    CountDownLatch began = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    List<Integer> sizes = new ArrayList<>();
    GroupCommit<Integer> group =
        new GroupCommit<>(
            items -> {
              sizes.add(items.size());
              began.countDown();
              try {
                go.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    Thread first = Thread.ofVirtual().start(() -> group.write(0));
    began.await();
    List<Thread> others = new ArrayList<>();
    for (int i = 1; i <= 20; i++) {
      int item = i;
      others.add(Thread.ofPlatform().start(() -> group.write(item)));
    }
    for (Thread other : others) {
      while (other.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
    }
    go.countDown();
    first.join();
    for (Thread other : others) {
      other.join();
    }
    assertThat(sizes).containsExactly(1, 20);
  }

  @Test
  void aFailedCommitFailsItsItemsAndNoLaterOnes() {
    AtomicInteger turn = new AtomicInteger();
    GroupCommit<Integer> group =
        new GroupCommit<>(
            items -> {
              if (turn.getAndIncrement() == 0) {
                throw new IllegalArgumentException("disk full");
              }
            });
    assertThatThrownBy(() -> group.write(1)).hasMessage("disk full");
    group.write(2);
    assertThat(turn).hasValue(2);
  }

  @Test
  void anInterruptedThreadWritesAllTheSameAndStaysInterrupted() {
    List<Integer> written = new ArrayList<>();
    GroupCommit<Integer> group = new GroupCommit<>(written::addAll);
    Thread.currentThread().interrupt();
    group.write(1);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(written).containsExactly(1);
  }
}
