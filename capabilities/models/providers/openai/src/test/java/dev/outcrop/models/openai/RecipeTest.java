package dev.outcrop.models.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outcrop.config.Configuration;
import dev.outcrop.config.Setting;
import dev.outcrop.config.Sources;
import dev.outcrop.models.ModelEntry;
import dev.outcrop.models.upstream.ProviderSettings;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the recipe says to write can be read, options included. */
class RecipeTest {

  private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
  private static final Map<String, String> ENVIRONMENT =
      Map.of("OPENAI_API_KEY", "k", "KEY_ONE", "1", "KEY_TWO", "2");

  record Model(
      @Setting(doc = "p") String provider,
      @Setting(doc = "k", value = "chat") ModelEntry.Kind kind,
      @Setting(doc = "o", key = "option") Map<String, String> options,
      @Setting(doc = "$", key = "price") Map<String, String> prices,
      @Setting(doc = "f") List<String> fallbacks) {}

  record Parts(
      @Setting(doc = "p") Map<String, ProviderSettings> providers,
      @Setting(doc = "m") Map<String, Model> models,
      @Setting(doc = "a", key = "id") Map<String, String> aliases) {}

  @Test
  void canBeRead(@TempDir Path folder) throws IOException {
    String recipe =
        Files.readString(
            Path.of(System.getenv("OUTCROP_ROOT"))
                .resolve("docs/recipes/use-an-openai-compatible-server.md"));
    List<String> blocks =
        YAML.matcher(recipe).results().map((MatchResult found) -> found.group(1)).toList();
    assertThat(blocks).hasSize(2);
    for (String block : blocks) {
      Path file = Files.writeString(folder.resolve("outcrop.yaml"), block);
      Parts parts =
          Configuration.of(Parts.class).load(new Sources(Map.of(), ENVIRONMENT, file, true));
      parts.providers().forEach((name, settings) -> new OpenAiProvider(name, settings).close());
      parts.models().forEach((id, model) -> make(id, model, parts));
    }
  }

  private static void make(String id, Model model, Parts parts) {
    model.prices().values().forEach(BigDecimal::new);
    assertThat(parts.models().keySet()).containsAll(model.fallbacks());
    ModelEntry entry = new ModelEntry(id, model.provider(), model.kind(), null, model.options());
    try (OpenAiProvider provider =
        new OpenAiProvider(model.provider(), parts.providers().get(model.provider()))) {
      Object made =
          switch (model.kind()) {
            case CHAT -> provider.chat(entry);
            case EMBEDDING -> provider.embedding(entry);
            case RERANK -> provider.rerank(entry);
            case IMAGE -> provider.image(entry);
            case QUOTE -> null;
          };
      assertThat(made).isNotNull();
    }
  }
}
