package dev.outcrop.models.llama.binding;

import java.nio.file.Path;
import java.util.Arrays;

/**
 * The engine with nothing around it: reads one prompt, then produces tokens one by one. What
 * serving costs is measured against it.
 */
public final class BareLoop implements AutoCloseable {
  private final Model model;
  private final Context context;
  private final Batch batch;
  private final int width;

  /** Tokens per second. */
  public record Speed(double prefill, double decode) {}

  /**
   * @param cells room in the cache, for prompt and answer
   * @param width most tokens of the prompt in one batch
   */
  public BareLoop(Path libraries, Path file, int cells, int width, int threads) {
    this.width = width;
    model = new Llama(libraries).load(file, -1);
    context =
        new Context(
            model,
            new ContextSettings(cells, width, 1, threads, null, ContextSettings.CacheType.F16));
    batch = context.batch();
  }

  /** Reads the prompt and answers greedily with exactly so many tokens, ends of turn included. */
  public Speed run(String prompt, int answer) {
    int[] tokens = model.tokenize(prompt, false);
    try (Sampler sampler = new Sampler(model, 0, 1, 0, 1)) {
      long start = System.nanoTime();
      int token = 0;
      for (int from = 0; from < tokens.length; from += width) {
        int[] chunk = Arrays.copyOfRange(tokens, from, Math.min(tokens.length, from + width));
        token = step(sampler, chunk, from, from + chunk.length == tokens.length);
      }
      long read = System.nanoTime();
      for (int i = 0; i < answer - 1; i++) {
        token = step(sampler, new int[] {token}, tokens.length + i, true);
      }
      long end = System.nanoTime();
      return new Speed(
          tokens.length * 1e9 / (read - start), (double) (answer - 1) * 1e9 / (end - read));
    } finally {
      boolean unused = context.remove(0, 0);
    }
  }

  private int step(Sampler sampler, int[] tokens, int position, boolean output) {
    batch.clear();
    int index = 0;
    for (int i = 0; i < tokens.length; i++) {
      index = batch.add(tokens[i], position + i, 0, output && i == tokens.length - 1);
    }
    if (context.decode(batch) == Context.Decoded.FULL) {
      throw new LlamaException("the prompt and its answer don't fit into the cache");
    }
    return output ? sampler.sample(context, batch, index) : -1;
  }

  @Override
  public void close() {
    batch.close();
    context.close();
    model.close();
  }
}
