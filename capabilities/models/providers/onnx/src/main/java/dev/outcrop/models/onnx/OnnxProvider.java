package dev.outcrop.models.onnx;

import ai.onnxruntime.OrtException;
import dev.outcrop.models.ChatModel;
import dev.outcrop.models.EmbeddingModel;
import dev.outcrop.models.ModelEntry;
import dev.outcrop.models.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Runs embedding models in ONNX Runtime inside this process. The files of bge-small-en-v1.5 and
 * all-MiniLM-L6-v2 are on the class path; others are named by path in their entry's options: {@code
 * network}, {@code tokenizer}, {@code pooling} (cls, mean), {@code window}, {@code queryPrefix},
 * {@code dimensions}.
 */
public final class OnnxProvider implements Provider {

  /** What model entries call this provider. */
  public static final String NAME = "onnx";

  private final Workers workers = new Workers(Runtime.getRuntime().availableProcessors());
  private final Map<ModelEntry, OnnxEmbeddingModel> models = new HashMap<>();
  private boolean closed;

  /**
   * @param nativeFolder where native libraries are unpacked, once; made if missing
   */
  public OnnxProvider(Path nativeFolder) {
    NativeLibraries.keepIn(nativeFolder);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public ChatModel chat(ModelEntry entry) {
    throw new UnsupportedOperationException("ONNX Runtime runs embedding models here, not chat");
  }

  @Override
  public synchronized EmbeddingModel embedding(ModelEntry entry) {
    if (closed) {
      throw new IllegalStateException("the provider is closed");
    }
    OnnxEmbeddingModel model = models.get(entry);
    if (model == null) {
      model = load(entry);
      models.put(entry, model);
    }
    return model;
  }

  private OnnxEmbeddingModel load(ModelEntry entry) {
    EmbeddingSettings settings = EmbeddingSettings.of(entry);
    try {
      Tokens tokens = new Tokens(bytes(settings.tokenizer()));
      Network network = new Network(bytes(settings.network()), workers.threadsPerCall());
      return new OnnxEmbeddingModel(settings, tokens, network, workers);
    } catch (IOException e) {
      throw new UncheckedIOException("model " + entry.id() + ": " + e.getMessage(), e);
    } catch (OrtException e) {
      throw new IllegalStateException(
          "model " + entry.id() + ": ONNX Runtime cannot load it: " + e.getMessage(), e);
    }
  }

  private static byte[] bytes(String location) throws IOException {
    if (!location.startsWith("classpath:")) {
      return Files.readAllBytes(Path.of(location));
    }
    String name = "/" + location.substring("classpath:".length());
    try (InputStream in = OnnxProvider.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("no resource " + name + " on the class path");
      }
      return in.readAllBytes();
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    workers.close();
    for (OnnxEmbeddingModel model : models.values()) {
      try {
        model.close();
      } catch (OrtException e) {
        throw new IllegalStateException("ONNX Runtime cannot close a model", e);
      }
    }
    models.clear();
  }
}
