package dev.outcrop.models.llama.binding;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A sequence's part of a key-value cache, copied into ordinary memory until it is closed. */
public final class Saved implements AutoCloseable {
  private final Arena arena = Arena.ofShared();
  final MemorySegment state;

  Saved(long bytes) {
    state = arena.allocate(bytes);
  }

  @Override
  public void close() {
    arena.close();
  }
}
