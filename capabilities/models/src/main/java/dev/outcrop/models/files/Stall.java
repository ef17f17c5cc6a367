package dev.outcrop.models.files;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;

/** Breaks a read off when nothing has moved for a minute: HTTP clients wait for ever. */
final class Stall implements AutoCloseable {

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private volatile long last = System.nanoTime();
  private final Thread watch;

  Stall(InputStream in) {
    watch = Thread.ofVirtual().name("download-stall").start(() -> watch(in));
  }

  void moved() {
    last = System.nanoTime();
  }

  private void watch(InputStream in) {
    try {
      while (System.nanoTime() - last < PATIENCE_NANOS) {
        Thread.sleep(1000);
      }
      in.close();
    } catch (InterruptedException | IOException e) {
      // Over, one way or the other: the reader tells.
    }
  }

  @Override
  public void close() {
    watch.interrupt();
  }
}
