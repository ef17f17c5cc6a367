package dev.outcrop.models.onnx;

import ai.onnxruntime.OrtException;
import dev.outcrop.models.EmbeddingModel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** An embedding model in ONNX Runtime. */
final class OnnxEmbeddingModel implements EmbeddingModel, AutoCloseable {

  private final EmbeddingSettings settings;
  private final Tokens tokens;
  private final Network network;
  private final Workers workers;
  private final long[] frame;
  private final long[] queryPrefix;

  OnnxEmbeddingModel(EmbeddingSettings settings, Tokens tokens, Network network, Workers workers) {
    this.settings = settings;
    this.tokens = tokens;
    this.network = network;
    this.workers = workers;
    this.frame = tokens.frame();
    this.queryPrefix = tokens.ids(settings.queryPrefix());
    if (settings.window() < 2 * (frame.length + queryPrefix.length)) {
      throw new IllegalArgumentException(
          "a window of " + settings.window() + " tokens leaves no room after the query prefix");
    }
  }

  @Override
  public List<Integer> dimensions() {
    return settings.dimensions();
  }

  @Override
  public int window() {
    return settings.window();
  }

  @Override
  public int countTokens(String text) {
    return tokens.ids(text).length + frame.length;
  }

  @Override
  public List<float[]> embed(List<String> texts, Purpose purpose) {
    long[] prefix = purpose == Purpose.QUERY ? queryPrefix : new long[0];
    List<List<long[]>> windows =
        texts.stream().map(text -> Windows.of(tokens.ids(text), room(prefix))).toList();
    List<Callable<float[]>> tasks = new ArrayList<>();
    for (List<long[]> ofOneText : windows) {
      for (long[] window : ofOneText) {
        tasks.add(() -> vector(prefix, window));
      }
    }
    return averages(windows, workers.run(tasks));
  }

  private int room(long[] prefix) {
    return settings.window() - frame.length - prefix.length;
  }

  private float[] vector(long[] prefix, long[] window) throws OrtException {
    long[] ids = new long[frame.length + prefix.length + window.length];
    ids[0] = frame[0];
    System.arraycopy(prefix, 0, ids, 1, prefix.length);
    System.arraycopy(window, 0, ids, 1 + prefix.length, window.length);
    ids[ids.length - 1] = frame[1];
    float[][] states = network.run(ids);
    if (states[0].length != settings.dimensions().getFirst()) {
      throw new IllegalStateException(
          "the network makes vectors of "
              + states[0].length
              + " dimensions, not the configured "
              + settings.dimensions().getFirst());
    }
    return Vectors.normalize(settings.pooling().pool(states));
  }

  /** One vector per text: the mean of its windows' vectors, each weighted by its tokens. */
  private static List<float[]> averages(List<List<long[]>> windows, List<float[]> vectors) {
    List<float[]> averages = new ArrayList<>(windows.size());
    int next = 0;
    for (List<long[]> ofOneText : windows) {
      if (ofOneText.size() == 1) {
        averages.add(vectors.get(next++));
        continue;
      }
      float[] sum = new float[vectors.get(next).length];
      for (long[] window : ofOneText) {
        Vectors.add(sum, vectors.get(next++), window.length);
      }
      averages.add(Vectors.normalize(sum));
    }
    return averages;
  }

  @Override
  public void close() throws OrtException {
    network.close();
    tokens.close();
  }
}
