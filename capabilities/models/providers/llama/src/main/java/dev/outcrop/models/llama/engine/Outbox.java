package dev.outcrop.models.llama.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends messages on a thread of its own, so that the computing thread makes no system call for a
 * token: waking a sleeping core costs it a fifth of a millisecond on virtual machines. While there
 * is traffic the sender looks for messages twice a millisecond; otherwise it sleeps and is woken.
 */
final class Outbox {
  private static final long PAUSE = TimeUnit.MICROSECONDS.toNanos(500);
  private static final long QUIET = TimeUnit.MILLISECONDS.toNanos(100);

  private final Frames frames;
  private final Queue<Message> messages = new ConcurrentLinkedQueue<>();
  private final Thread sender;
  private volatile boolean asleep;

  Outbox(Frames frames) {
    this.frames = frames;
    sender = Thread.ofPlatform().daemon().name("sender").start(this::run);
  }

  /** Sends a message soon; any thread may. Those of one thread keep their order. */
  void send(Message message) {
    messages.add(message);
    if (asleep) {
      LockSupport.unpark(sender);
    }
  }

  private void run() {
    long last = System.nanoTime();
    List<Message> some = new ArrayList<>();
    while (true) {
      for (Message m = messages.poll(); m != null; m = messages.poll()) {
        some.add(m);
      }
      if (!some.isEmpty()) {
        write(some);
        some.clear();
        last = System.nanoTime();
      } else if (System.nanoTime() - last < QUIET) {
        LockSupport.parkNanos(PAUSE);
      } else {
        sleep();
      }
    }
  }

  private void sleep() {
    asleep = true;
    if (messages.isEmpty()) {
      LockSupport.park(this);
    }
    asleep = false;
  }

  private void write(List<Message> some) {
    try {
      frames.write(some);
    } catch (IOException e) {
      // Nobody reads: the server is gone.
      Runtime.getRuntime().halt(1);
    }
  }
}
