package dev.outcrop.server;

import dev.outcrop.knowledge.TokenCounter;
import dev.outcrop.models.EmbeddingModel;
import dev.outcrop.models.Models;
import dev.outcrop.models.Provider;
import dev.outcrop.models.catalogue.Catalogue;
import dev.outcrop.models.files.ModelFiles;
import dev.outcrop.models.llama.LlamaProvider;
import dev.outcrop.models.llama.LlamaSettings;
import dev.outcrop.models.onnx.OnnxProvider;
import dev.outcrop.models.recordings.Recordings;
import java.nio.file.Path;
import java.util.List;

/** The models that a home's configuration knows, and who runs them. */
final class InstalledModels implements TokenCounter, AutoCloseable {
  private static final String EMBEDDING_MODEL = "outcrop.bge-small-en-v1.5";

  private final RemoteProviders remote = new RemoteProviders();
  private final Models models;

  /** Null when calls of models are neither recorded nor replayed. */
  private final Recordings recordings;

  InstalledModels(Path home, Settings settings) {
    recordings = settings.recording().open();
    Catalogue catalogue = catalogue(settings);
    models =
        new Models(
            catalogue,
            new ModelFiles(home.resolve("models")),
            taped(
                List.of(
                    new OnnxProvider(home.resolve("libraries")),
                    new LlamaProvider(llama(home, settings)))));
    models.configure(catalogue, taped(remote.of(settings)));
  }

  private static LlamaSettings llama(Path home, Settings settings) {
    LlamaFolder folder = new LlamaFolder(home, settings.llama());
    LlamaSettings usual = LlamaSettings.of(folder::fetched, home.resolve("llama"));
    return new LlamaSettings(
        usual.libraries(),
        usual.workDir(),
        settings.llama().maxLoaded(),
        settings.llama().idleUnload(),
        usual.startTimeout(),
        usual.patience());
  }

  private Catalogue catalogue(Settings settings) {
    Catalogue catalogue = Catalogue.of(settings.catalogue());
    return recordings == null ? catalogue : recordings.of(catalogue, settings.catalogue());
  }

  private List<Provider> taped(List<Provider> providers) {
    return recordings == null ? providers : providers.stream().map(recordings::of).toList();
  }

  Models models() {
    return models;
  }

  /** The newest ones. */
  Catalogue catalogue() {
    return models.catalogue();
  }

  /**
   * What takes up the models, aliases, prices and providers of a new configuration.
   *
   * @throws IllegalArgumentException when they can't be used
   */
  Runnable change(Settings settings) {
    Catalogue catalogue = catalogue(settings);
    List<Provider> providers = taped(remote.of(settings));
    return () -> models.configure(catalogue, providers);
  }

  /** Loads the usual embedding model beside what the caller does next, which will need it. */
  void warm() {
    Thread.ofVirtual().name("warm").start(this::embed);
  }

  private void embed() {
    try {
      models.embedding(EMBEDDING_MODEL).embed(List.of("warm"), EmbeddingModel.Purpose.QUERY);
    } catch (RuntimeException e) {
      // whoever needs the model is told why it can't be had
      System.getLogger(InstalledModels.class.getName())
          .log(System.Logger.Level.DEBUG, "not warmed", e);
    }
  }

  @Override
  public int count(String modelArn, String text) {
    return models.embedding(modelArn).countTokens(text);
  }

  @Override
  public int window(String modelArn) {
    return models.embedding(modelArn).window();
  }

  @Override
  public void close() {
    models.close();
  }
}
