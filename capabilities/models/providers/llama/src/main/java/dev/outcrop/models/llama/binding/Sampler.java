package dev.outcrop.models.llama.binding;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Chooses the next token from the model's scores. Temperature is applied first, then the k
 * likeliest are kept, then the likeliest whose probabilities reach p: the order of the models'
 * reference implementations.
 */
public final class Sampler implements AutoCloseable {
  private final Llama llama;
  private final MemorySegment chain;

  /**
   * A sampler with its own random state.
   *
   * @param temperature 0 always takes the likeliest token
   * @param topP 1 keeps all
   * @param topK 0 keeps all
   * @param seed the same seed chooses the same tokens from the same scores
   */
  public Sampler(Model model, float temperature, float topP, int topK, int seed) {
    this.llama = model.llama;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment params = Llama.defaults(llama.chainParams, arena);
      chain = (MemorySegment) llama.chainNew.invokeExact(params);
      if (temperature == 0) {
        add((MemorySegment) llama.greedy.invokeExact());
        return;
      }
      add((MemorySegment) llama.temperature.invokeExact(temperature));
      if (topK > 0) {
        add((MemorySegment) llama.topK.invokeExact(topK));
      }
      if (topP < 1) {
        add((MemorySegment) llama.topP.invokeExact(topP, 1L));
      }
      add((MemorySegment) llama.distribution.invokeExact(seed));
    } catch (Throwable t) {
      throw Llama.failure(t);
    }
  }

  private void add(MemorySegment sampler) throws Throwable {
    llama.chainAdd.invokeExact(chain, sampler);
  }

  /** Samples from the scores after a token of the batch just decoded, one added for output. */
  public int sample(Context context, Batch batch, int index) {
    if (!batch.outputs(index)) {
      throw new LlamaException("no scores were asked for at " + index);
    }
    try {
      return (int) llama.samplerSample.invokeExact(chain, context.handle, index);
    } catch (Throwable t) {
      throw Llama.failure(t);
    }
  }

  @Override
  public void close() {
    try {
      llama.samplerFree.invokeExact(chain);
    } catch (Throwable t) {
      throw Llama.failure(t);
    }
  }
}
