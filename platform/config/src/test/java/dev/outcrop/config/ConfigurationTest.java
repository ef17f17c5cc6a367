package dev.outcrop.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {
  enum Level {
    QUIET,
    VERY_LOUD
  }

  record Tls(
      @Setting(doc = "PEM chain.") Path certificate, @Setting(doc = "PEM key.") Secret key) {}

  record Server(
      @Setting(doc = "Port.", value = "4566", min = 0, max = 65535) int port,
      @Setting(doc = "Address.", value = "127.0.0.1") String host,
      @Setting(doc = "Closes idle connections.", value = "30s") Duration idleTimeout,
      @Setting(doc = "Largest body.", value = "64MiB") Size bodyLimit,
      @Setting(doc = "Names.") List<String> names,
      @Setting(doc = "HTTPS.") Optional<Tls> tls) {
    Server {
      if (port == 80 && tls.isPresent()) {
        throw new IllegalArgumentException("serves HTTPS on port 80");
      }
    }
  }

  record Model(
      @Setting(doc = "Who runs it.") String provider,
      @Setting(doc = "Where it is.") Optional<URI> endpoint,
      @Setting(doc = "Key.") Optional<Secret> apiKey,
      @Setting(doc = "Temperature.", value = "0.5", min = 0, max = 1) double temperature) {}

  record Settings(
      @Setting(doc = "Server.") Server server,
      @Setting(doc = "Models.", key = "id") Map<String, Model> models,
      @Setting(doc = "Logging.", value = "quiet") Level level) {}

  @TempDir private Path folder;
  private final Configuration<Settings> configuration = Configuration.of(Settings.class);

  private Settings load(String yaml, Map<String, String> environment, Map<String, String> flags)
      throws IOException {
    Files.writeString(folder.resolve("outcrop.yaml"), yaml);
    return configuration.load(Sources.of(new Home(folder), environment, flags));
  }

  private List<String> problems(
      String yaml, Map<String, String> environment, Map<String, String> flags) {
    return catchThrowableOfType(ConfigurationException.class, () -> load(yaml, environment, flags))
        .problems()
        .stream()
        .map(Problem::toString)
        .toList();
  }

  @Test
  void hasDefaultsWithoutAFile() {
    Settings settings =
        configuration.load(Sources.of(new Home(folder.resolve("none")), Map.of(), Map.of()));
    assertThat(settings)
        .isEqualTo(
            new Settings(
                new Server(
                    4566,
                    "127.0.0.1",
                    Duration.ofSeconds(30),
                    new Size(64 << 20),
                    List.of(),
                    Optional.empty()),
                Map.of(),
                Level.QUIET));
  }

  @Test
  void readsEveryTypeFromTheFile() throws IOException {
    Settings settings =
        load(
            """
            server:
              port: 1
              idle-timeout: 5m
              body-limit: 1KB
              names: [a, b]
              tls:
                certificate: certs/server.pem
                key: ${KEY}!
            models:
              amazon.titan-embed-text-v2:0:
                provider: onnx
                endpoint: https://host/v1
            level: very-loud
            """,
            Map.of("KEY", "s3cret"),
            Map.of());
    assertThat(settings.server().idleTimeout()).isEqualTo(Duration.ofMinutes(5));
    assertThat(settings.server().names()).containsExactly("a", "b");
    Tls tls = settings.server().tls().orElseThrow();
    assertThat(tls.certificate()).isEqualTo(folder.resolve("certs/server.pem"));
    assertThat(tls.key().reveal()).isEqualTo("s3cret!");
    assertThat(settings.models().get("amazon.titan-embed-text-v2:0").endpoint())
        .contains(URI.create("https://host/v1"));
    assertThat(settings.level()).isEqualTo(Level.VERY_LOUD);
    assertThat(settings.toString()).doesNotContain("s3cret");
  }

  @Test
  void prefersFlagsThenEnvironmentThenFile() throws IOException {
    String yaml = "server: {port: 1, host: file, idle-timeout: 1s}\n";
    Map<String, String> environment =
        Map.of("OUTCROP_SERVER_PORT", "2", "OUTCROP_SERVER_HOST", "env", "OUTCROP_HOME", "/x");
    Server server = load(yaml, environment, Map.of("server.port", "3")).server();
    assertThat(server.port()).isEqualTo(3);
    assertThat(server.host()).isEqualTo("env");
    assertThat(server.idleTimeout()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void findsChosenNamesWhateverTheyContain() throws IOException {
    Settings settings =
        load(
            "models: {my.gpt-4: {provider: openai}}\n",
            Map.of(
                "OUTCROP_MODELS_MY_GPT_4_API_KEY", "k${literal}",
                "OUTCROP_MODELS_OTHER_ONE_PROVIDER", "local"),
            Map.of("models.a.b:0.provider", "onnx", "server.names", "x, y"));
    assertThat(settings.models()).containsOnlyKeys("my.gpt-4", "other-one", "a.b:0");
    assertThat(settings.models().get("my.gpt-4").apiKey()).contains(new Secret("k${literal}"));
    assertThat(settings.server().names()).containsExactly("x", "y");
  }

  @Test
  void reportsAllProblemsAtOnceWithTheirPlaces() {
    assertThat(
            problems(
                """
                server:
                  prot: 1
                  idleTimeout: 5s
                  port: 70000
                  tls: yes
                models:
                  m:
                    temperature: warm
                    api-key: [hush]
                    endpoint: ${NOWHERE}
                level: loud
                """,
                Map.of("OUTCROP_SERVER_PROT", "1", "OUTCROP_SERVER_BODY_LIMIT", "much"),
                Map.of("serer.host", "h")))
        .containsExactlyInAnyOrder(
            "outcrop.yaml:2: server.prot is not a setting. Did you mean server.port?",
            "outcrop.yaml:3: server.idleTimeout is not a setting."
                + " Did you mean server.idle-timeout?",
            "outcrop.yaml:4: server.port must be a whole number from 0 to 65535, not '70000'",
            "outcrop.yaml:5: server.tls must be a group of settings",
            "server.tls.certificate is required: PEM chain.",
            "server.tls.key is required: PEM key.",
            "models.m.provider is required: Who runs it.",
            "outcrop.yaml:8: models.m.temperature must be a number from 0 to 1, not 'warm'",
            "outcrop.yaml:9: models.m.api-key must be one value, a secret",
            "outcrop.yaml:10: the environment variable NOWHERE is not set",
            "outcrop.yaml:11: level must be one of quiet, very-loud, not 'loud'",
            "OUTCROP_SERVER_PROT: OUTCROP_SERVER_PROT is not a setting."
                + " Did you mean OUTCROP_SERVER_PORT?",
            "OUTCROP_SERVER_BODY_LIMIT: server.body-limit must be a size such as 512KB or 64MiB,"
                + " not 'much'",
            "--set: serer.host is not a setting. Did you mean server.host?");
  }

  @Test
  void reportsWhatARecordRefuses() {
    assertThat(problems("server: {port: 80, tls: {certificate: c, key: k}}\n", Map.of(), Map.of()))
        .containsExactly("outcrop.yaml:1: server: serves HTTPS on port 80");
  }

  @Test
  void reportsBrokenFiles() {
    assertThat(problems("server: {port: 1\n", Map.of(), Map.of())).hasSize(1);
    assertThat(problems("- a\n", Map.of(), Map.of()))
        .containsExactly("outcrop.yaml:1: settings are lines of the form key: value");
    assertThat(problems("level: quiet\nlevel: quiet\n", Map.of(), Map.of()))
        .containsExactly("outcrop.yaml:2: level is set twice. Remove one.");
    assertThat(problems("models: &m {a: *m}\n", Map.of(), Map.of())).hasSize(1);
    assertThat(problems("", Map.of("OUTCROP_CONFIG", "/nonexistent.yaml"), Map.of()))
        .containsExactly("/nonexistent.yaml: there is no such file");
  }

  @Test
  void takesAnEmptyFileAndKeysWithNothingBehindThem() throws IOException {
    assertThat(load("", Map.of(), Map.of()))
        .isEqualTo(load("server:\n  port:\n", Map.of(), Map.of()));
  }

  @Test
  void documentsEverySetting() {
    assertThat(configuration.keys().stream().map(Key::path))
        .containsExactly(
            "server.port",
            "server.host",
            "server.idle-timeout",
            "server.body-limit",
            "server.names",
            "server.tls.certificate",
            "server.tls.key",
            "models.<id>.provider",
            "models.<id>.endpoint",
            "models.<id>.api-key",
            "models.<id>.temperature",
            "level");
    assertThat(configuration.describe())
        .contains("server.port  (a whole number from 0 to 65535; default 4566)\n    Port.")
        .contains("models.<id>.provider  (text; required)")
        .contains("models.<id>.endpoint  (an absolute URI such as https://host/path)\n");
  }
}
