package dev.outcrop.server;

import dev.outcrop.access.KeySettings;
import dev.outcrop.config.Configuration;
import dev.outcrop.config.Home;
import dev.outcrop.config.Setting;
import dev.outcrop.config.Sources;
import dev.outcrop.metering.MeteringSettings;
import dev.outcrop.metering.budgets.BudgetSettings;
import dev.outcrop.models.catalogue.CatalogueEntry;
import dev.outcrop.models.catalogue.ModelsSettings;
import dev.outcrop.models.catalogue.Source;
import dev.outcrop.models.recordings.RecordingSettings;
import dev.outcrop.models.upstream.ProviderSettings;
import dev.outcrop.traces.TraceSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Everything that {@code outcrop.yaml}, {@code OUTCROP_…} and {@code --set} can say. */
public record Settings(
    @Setting(doc = "How the server listens.") Server server,
    @Setting(
            doc = "Models beside the built-in ones; one with a built-in id replaces it.",
            key = "id")
        Map<String, ModelSettings> models,
    @Setting(doc = "Remote services that run models.", key = "name")
        Map<String, ProviderSettings> providers,
    @Setting(
            doc =
                "Further model ids, and patterns such as anthropic.*, and the ids they stand for.",
            key = "id")
        Map<String, String> aliases,
    @Setting(
            doc = "Who may call; without any key everybody may, from this machine only.",
            key = "name")
        Map<String, KeySettings> keys,
    @Setting(doc = "What keys and profiles may spend.", key = "name")
        Map<String, BudgetSettings> budgets,
    @Setting(doc = "How calls are counted.") MeteringSettings metering,
    @Setting(doc = "Where traces of calls go.") TraceSettings traces,
    @Setting(doc = "Whether calls of models are recorded or replayed.") RecordingSettings recording,
    @Setting(doc = "How requests wait for models.") Inference inference,
    @Setting(doc = "How llama.cpp runs.") Llama llama) {

  static final Configuration<Settings> CONFIGURATION = Configuration.of(Settings.class);

  /** How the server listens. */
  public record Server(
      @Setting(
              doc = "Address to listen on; loopback only while authentication is off.",
              value = "127.0.0.1")
          String host,
      @Setting(
              doc = "Port to listen on; 0 picks a free one.",
              value = "4566",
              min = 0,
              max = 65_535)
          int port,
      @Setting(doc = "Serves TLS with this certificate; cleartext without.")
          Optional<Certificate> tls,
      @Setting(doc = "How long stopping waits for requests in flight.", value = "10s")
          Duration stopWithin) {}

  /** A certificate and its key, both PEM. */
  public record Certificate(
      @Setting(doc = "PEM file with the certificate and its chain.") Path certificate,
      @Setting(doc = "PEM file with the private key, not encrypted.") Path key) {}

  /** How requests wait for models. */
  public record Inference(
      @Setting(
              doc =
                  "Most requests one model has in hand, waiting ones included; more are throttled.",
              value = "64",
              min = 1)
          int queue) {}

  /** How llama.cpp runs. */
  public record Llama(
      @Setting(doc = "Folder of a llama.cpp of your own; fetched when not given.")
          Optional<Path> libraries,
      @Setting(doc = "Which libraries to fetch: cpu, cuda or vulkan.", value = "cpu") String device,
      @Setting(doc = "Most models loaded at once.", value = "2", min = 1) int maxLoaded,
      @Setting(doc = "Unloads a model that nobody used for so long; 0s keeps it.", value = "0s")
          Duration idleUnload) {}

  /** Reads the settings of a home. */
  static Settings load(Home home, Map<String, String> flags) {
    return CONFIGURATION.load(Sources.of(home, System.getenv(), flags));
  }

  /**
   * These settings with one more chat model: a GGUF file by path or {@code
   * hf:owner/repository/file.gguf}.
   */
  Settings withGguf(String location) {
    CatalogueEntry entry = CatalogueEntry.ofGguf(location);
    String source =
        entry.source() instanceof Source.Local local ? local.path().toString() : location;
    Map<String, ModelSettings> more = new LinkedHashMap<>(models);
    more.put(entry.id(), ModelSettings.ofFile(entry.provider(), entry.kind(), source));
    return with(more, providers, aliases);
  }

  /** These settings with other models, providers and aliases. */
  Settings with(
      Map<String, ModelSettings> others,
      Map<String, ProviderSettings> providing,
      Map<String, String> naming) {
    return new Settings(
        server, others, providing, naming, keys, budgets, metering, traces, recording, inference,
        llama);
  }

  ModelsSettings catalogue() {
    return new ModelsSettings(
        models.entrySet().stream().map(m -> m.getValue().entry(m.getKey())).toList(),
        aliases,
        inference.queue());
  }
}
