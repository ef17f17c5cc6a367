package dev.outcrop.models.llama.binding;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A key-value cache over a model, shared by several sequences, and the means to fill it. */
public final class Context implements AutoCloseable {
  /** What became of a batch. */
  public enum Decoded {
    DONE,
    /** The cache has no room; nothing was changed. */
    FULL
  }

  final Model model;
  final MemorySegment handle;
  private final Llama llama;
  private final MemorySegment memory;
  final int sequences;
  private final int batch;
  private final int size;
  private int threads;

  /** Makes a context; throws when there is not enough memory for it. */
  public Context(Model model, ContextSettings settings) {
    this.model = model;
    this.llama = model.llama;
    this.sequences = settings.sequences();
    this.batch = settings.batch();
    this.threads = settings.threads();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment params = params(settings, arena);
      handle = (MemorySegment) llama.contextNew.invokeExact(model.handle, params);
      if (handle.address() == 0) {
        throw new LlamaException(
            "llama.cpp made no context of "
                + settings.cells()
                + " tokens: probably too little memory; lower contextLength or parallel");
      }
      memory = (MemorySegment) llama.memory.invokeExact(handle);
      size = (int) llama.contextSize.invokeExact(handle);
    } catch (Throwable t) {
      throw Llama.failure(t);
    }
  }

  private MemorySegment params(ContextSettings settings, Arena arena) {
    MemorySegment params = Llama.defaults(llama.contextParams, arena);
    set(params, "n_ctx", settings.cells());
    set(params, "n_batch", settings.batch());
    set(params, "n_ubatch", settings.batch());
    set(params, "n_seq_max", settings.sequences());
    set(params, "n_outputs_max", settings.sequences());
    set(params, "n_threads", settings.threads());
    set(params, "n_threads_batch", settings.threads());
    set(params, "type_k", settings.cacheType().number);
    set(params, "type_v", settings.cacheType().number);
    if (settings.flashAttention() != null) {
      set(params, "flash_attn_type", settings.flashAttention() ? 1 : 0);
    }
    // One pool of cells for all sequences, so that a shared prefix is stored once; and a full
    // cache for sliding windows, so that any prefix can be reused.
    Layouts.set(params, Layouts.CONTEXT, "kv_unified", true);
    Layouts.set(params, Layouts.CONTEXT, "swa_full", true);
    Layouts.set(params, Layouts.CONTEXT, "no_perf", true);
    return params;
  }

  private static void set(MemorySegment params, String field, int value) {
    Layouts.set(params, Layouts.CONTEXT, field, value);
  }

  /** Tokens that fit in the cache; llama.cpp may have rounded up what was asked for. */
  public int size() {
    return size;
  }

  /** Sets how many threads compute from now on. */
  public void threads(int count) {
    if (count < 1) {
      throw new LlamaException("computing takes at least one thread, not " + count);
    }
    if (count == threads) {
      return;
    }
    try {
      llama.setThreads.invokeExact(handle, count, count);
      threads = count;
    } catch (Throwable t) {
      throw Llama.failure(t);
    }
  }

  /** A batch as large as this context takes. */
  public Batch batch() {
    return new Batch(this, batch);
  }

  /**
   * Runs the model over the tokens of a batch.
   *
   * @throws LlamaException when computing failed; the sequences in the batch must be removed
   */
  public Decoded decode(Batch batch) {
    if (batch.size() == 0) {
      throw new LlamaException("an empty batch can't be decoded");
    }
    int result;
    try {
      result = (int) llama.decode.invokeExact(handle, batch.struct);
    } catch (Throwable t) {
      throw Llama.failure(t);
    }
    return switch (result) {
      case 0 -> Decoded.DONE;
      case 1 -> Decoded.FULL;
      default -> throw new LlamaException("llama.cpp could not decode a batch (" + result + ")");
    };
  }

  /** The scores after a token of the batch just decoded, one added for output. */
  @SuppressWarnings("restricted") // Calling C is what this package is for.
  public Scores scores(Batch batch, int index) {
    if (!batch.outputs(index)) {
      throw new LlamaException("no scores were asked for at " + index);
    }
    try {
      MemorySegment scores = (MemorySegment) llama.logits.invokeExact(handle, index);
      return new Scores(scores.reinterpret(4L * model.vocabularySize()));
    } catch (Throwable t) {
      throw Llama.failure(t);
    }
  }

  /**
   * Forgets a sequence from a position on.
   *
   * @return whether it could; a whole sequence, from position 0, always can
   */
  public boolean remove(int sequence, int from) {
    checkSequence(sequence);
    try {
      return (boolean) llama.memoryRemove.invokeExact(memory, sequence, from, -1);
    } catch (Throwable t) {
      throw Llama.failure(t);
    }
  }

  /** Makes the first tokens of a sequence part of another, empty one, without computing them. */
  public void share(int from, int to, int length) {
    checkSequence(from);
    checkSequence(to);
    try {
      llama.memoryCopy.invokeExact(memory, from, to, 0, length);
    } catch (Throwable t) {
      throw Llama.failure(t);
    }
  }

  /** Copies a sequence out of the cache, where it stays until it is removed. */
  public Saved save(int sequence) {
    checkSequence(sequence);
    try {
      long size = (long) llama.stateSize.invokeExact(handle, sequence);
      Saved saved = new Saved(size);
      long written = (long) llama.stateGet.invokeExact(handle, saved.state, size, sequence);
      if (written != size) {
        saved.close();
        throw new LlamaException("a sequence could not be copied out of the key-value cache");
      }
      return saved;
    } catch (Throwable t) {
      throw Llama.failure(t);
    }
  }

  /**
   * Copies a saved sequence into an empty one.
   *
   * @return whether there was room; if not, the sequence is empty
   */
  public boolean restore(Saved saved, int sequence) {
    checkSequence(sequence);
    try {
      MemorySegment state = saved.state;
      if ((long) llama.stateSet.invokeExact(handle, state, state.byteSize(), sequence) > 0) {
        return true;
      }
    } catch (Throwable t) {
      throw Llama.failure(t);
    }
    boolean unused = remove(sequence, 0);
    return false;
  }

  /** The smallest position still known of a sequence; -1 when it is empty. */
  public int firstPosition(int sequence) {
    checkSequence(sequence);
    try {
      return (int) llama.memoryPosMin.invokeExact(memory, sequence);
    } catch (Throwable t) {
      throw Llama.failure(t);
    }
  }

  void checkSequence(int sequence) {
    if (sequence < 0 || sequence >= sequences) {
      throw new LlamaException("no sequence " + sequence + " among " + sequences);
    }
  }

  @Override
  public void close() {
    try {
      llama.contextFree.invokeExact(handle);
    } catch (Throwable t) {
      throw Llama.failure(t);
    }
  }
}
