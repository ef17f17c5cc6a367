package dev.outcrop.metering.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Many threads write, each waits until its item is written, and items that came together are
 * written together. There is no thread for it: the first that comes writes what is there, its own
 * item included, and then makes one of those that came meanwhile the next. Alone, a write costs
 * what the writing costs; under load one commit serves all that wait.
 *
 * <p>Why nobody waits for ever: an item is put into the queue before its thread looks whether
 * somebody leads. A leader gives up leading either to the head of the queue, or after it saw the
 * queue empty; then it looks once more, so that an item that came between the two is led by it or
 * by the item's own thread.
 */
final class GroupCommit<T> {
  private static final int MOST_AT_ONCE = 1_000;

  private final ConcurrentLinkedQueue<Item<T>> queue = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean led = new AtomicBoolean();
  private final Consumer<List<T>> commit;

  /**
   * @param commit writes all items or throws and has written none; called by one thread at a time
   */
  GroupCommit(Consumer<List<T>> commit) {
    this.commit = commit;
  }

  private enum State {
    WAITING,
    LEADING,
    WRITTEN
  }

  private static final class Item<T> {
    final T value;
    final Thread thread = Thread.currentThread();
    RuntimeException failure;
    volatile State state = State.WAITING;

    Item(T value) {
      this.value = value;
    }

    void become(State next) {
      state = next;
      LockSupport.unpark(thread);
    }
  }

  /** Returns when the value is written; throws what the commit threw when it is not. */
  void write(T value) {
    Item<T> mine = new Item<>(value);
    queue.add(mine);
    if (led.compareAndSet(false, true) || waited(mine) == State.LEADING) {
      lead(mine);
    }
    if (mine.failure != null) {
      throw new IllegalStateException(mine.failure.getMessage(), mine.failure);
    }
  }

  private State waited(Item<T> mine) {
    boolean interrupted = false;
    while (mine.state == State.WAITING) {
      LockSupport.park(this);
      // What has happened has to be written, even when the client is gone.
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      mine.thread.interrupt();
    }
    return mine.state;
  }

  private void lead(Item<T> mine) {
    while (mine.state != State.WRITTEN) {
      commitNext();
    }
    while (true) {
      Item<T> next = queue.peek();
      if (next != null) {
        next.become(State.LEADING);
        return;
      }
      led.set(false);
      if (queue.isEmpty() || !led.compareAndSet(false, true)) {
        return;
      }
    }
  }

  private void commitNext() {
    List<Item<T>> items = new ArrayList<>();
    List<T> values = new ArrayList<>();
    for (Item<T> item; items.size() < MOST_AT_ONCE && (item = queue.poll()) != null; ) {
      items.add(item);
      values.add(item.value);
    }
    RuntimeException failure = null;
    try {
      commit.accept(values);
    } catch (RuntimeException e) {
      failure = e;
    }
    for (Item<T> item : items) {
      item.failure = failure;
      item.become(State.WRITTEN);
    }
  }
}
