package dev.outcrop.models.llama.binding;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;

/** Tokens of any sequences, to be decoded together. Filled, decoded, cleared, filled again. */
public final class Batch implements AutoCloseable {
  private static final long COUNT = Layouts.BATCH.byteOffset(PathElement.groupElement("n_tokens"));

  private final Arena arena = Arena.ofShared();
  private final Context context;
  private final int capacity;
  private final MemorySegment tokens;
  private final MemorySegment positions;
  private final MemorySegment sequences;
  private final MemorySegment logits;
  final MemorySegment struct;
  private int size;
  private int outputs;

  Batch(Context context, int capacity) {
    this.context = context;
    this.capacity = capacity;
    tokens = arena.allocate(JAVA_INT, capacity);
    positions = arena.allocate(JAVA_INT, capacity);
    sequences = arena.allocate(JAVA_INT, capacity);
    logits = arena.allocate(JAVA_BYTE, capacity);
    MemorySegment ones = arena.allocate(JAVA_INT, capacity);
    MemorySegment pointers = arena.allocate(ADDRESS, capacity);
    for (int i = 0; i < capacity; i++) {
      ones.setAtIndex(JAVA_INT, i, 1);
      pointers.setAtIndex(ADDRESS, i, sequences.asSlice(4L * i));
    }
    struct = arena.allocate(Layouts.BATCH);
    Layouts.set(struct, Layouts.BATCH, "token", tokens);
    Layouts.set(struct, Layouts.BATCH, "pos", positions);
    Layouts.set(struct, Layouts.BATCH, "n_seq_id", ones);
    Layouts.set(struct, Layouts.BATCH, "seq_id", pointers);
    Layouts.set(struct, Layouts.BATCH, "logits", logits);
  }

  public int size() {
    return size;
  }

  /** How many more tokens fit. */
  public int room() {
    return capacity - size;
  }

  public void clear() {
    size = 0;
    outputs = 0;
    struct.set(JAVA_INT, COUNT, 0);
  }

  /**
   * Adds a token.
   *
   * @param output whether a next token will be sampled after this one
   * @return its index, for {@link Sampler#sample}
   */
  public int add(int token, int position, int sequence, boolean output) {
    context.model.checkToken(token);
    context.checkSequence(sequence);
    if (size == capacity || position < 0) {
      throw new LlamaException("the batch is full at " + capacity + " or the position is negative");
    }
    if (output && outputs++ == context.sequences) {
      throw new LlamaException("more outputs in a batch than sequences");
    }
    tokens.setAtIndex(JAVA_INT, size, token);
    positions.setAtIndex(JAVA_INT, size, position);
    sequences.setAtIndex(JAVA_INT, size, sequence);
    logits.set(JAVA_BYTE, size, (byte) (output ? 1 : 0));
    struct.set(JAVA_INT, COUNT, size + 1);
    return size++;
  }

  boolean outputs(int index) {
    return index >= 0 && index < size && logits.get(JAVA_BYTE, index) == 1;
  }

  @Override
  public void close() {
    arena.close();
  }
}
