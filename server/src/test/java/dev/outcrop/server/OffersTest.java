package dev.outcrop.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outcrop.config.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What could be used is offered, and used by who asks for it only. */
class OffersTest {
  @TempDir Path folder;

  @Test
  void aKeyInTheEnvironmentIsOfferedInOneLine() {
    Settings nothing = Settings.load(new Home(folder), Map.of());
    assertThat(Offers.lines(nothing, Map.of("OPENAI_API_KEY", "sk-1", "ANTHROPIC_API_KEY", " ")))
        .anyMatch(
            line ->
                line.startsWith("OPENAI_API_KEY is set; nothing uses it unless you say so")
                    && line.endsWith("--model openai:MODEL")
                    && !line.contains("sk-1"))
        .noneMatch(line -> line.contains("ANTHROPIC"));
    assertThat(nothing.providers()).isEmpty();
  }

  @Test
  void nothingIsOfferedWhereAProviderIsConfigured() throws IOException {
    Files.writeString(
        folder.resolve("outcrop.yaml"),
        "providers:\n  own: {type: openai, endpoints: {a: {url: \"http://127.0.0.1:1/v1\"}}}\n");
    Settings configured = Settings.load(new Home(folder), Map.of());
    assertThat(Offers.lines(configured, Map.of("OPENAI_API_KEY", "sk-1"))).isEmpty();
  }

  @Test
  void whoNamesAModelHasItsProvider() {
    Settings nothing = Settings.load(new Home(folder), Map.of());
    Settings taken =
        Offers.taken(
            nothing,
            "openai:gpt-4.1",
            Map.of("OPENAI_API_KEY", "sk-1", "OPENAI_BASE_URL", "http://127.0.0.1:9/v1"));
    assertThat(taken.aliases()).containsEntry("openai:gpt-4.1", "openai.gpt-4-1");
    assertThat(taken.models().get("openai.gpt-4-1").options()).containsEntry("model", "gpt-4.1");
    assertThat(taken.providers().get("openai").endpoints().get("main").url())
        .hasToString("http://127.0.0.1:9/v1");
    assertThat(taken.providers().get("openai").endpoints().get("main").keys().getFirst().reveal())
        .isEqualTo("sk-1");
    assertThat(Offers.taken(nothing, "ollama:qwen3:0.6b", Map.of()).models().values())
        .first()
        .satisfies(model -> assertThat(model.options()).containsEntry("model", "qwen3:0.6b"));
    assertThat(Offers.taken(nothing, "outcrop.quote-v1", Map.of())).isSameAs(nothing);
    assertThatThrownBy(() -> Offers.taken(nothing, "anthropic:claude", Map.of()))
        .hasMessageContaining("needs ANTHROPIC_API_KEY");
  }
}
