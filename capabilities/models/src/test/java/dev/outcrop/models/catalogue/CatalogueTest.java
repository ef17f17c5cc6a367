package dev.outcrop.models.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outcrop.models.ModelEntry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogueTest {

  private final Catalogue builtIn = Catalogue.of(ModelsSettings.defaults());

  @Test
  void theLongestAnswerIsAnOptionOfAnyModel() {
    assertThat(withLongest("64000").maxOutput()).isEqualTo(64_000);
    assertThat(withLongest("64000").withFile(null).options()).containsOnlyKeys("model");
    assertThatThrownBy(() -> withLongest("many"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("maxOutputTokens must be a number of tokens, not many");
  }

  private static CatalogueEntry withLongest(String tokens) {
    return new CatalogueEntry(
        "far.claude",
        null,
        null,
        "far",
        ModelEntry.Kind.CHAT,
        null,
        null,
        0,
        null,
        false,
        Map.of("model", "claude", "maxOutputTokens", tokens),
        null,
        null);
  }

  @Test
  void everyBuiltInFileHasItsSizeLicenceAndHash() {
    assertThat(builtIn.models()).containsKeys("outcrop.bge-small-en-v1.5", "outcrop.quote-v1");
    assertThat(builtIn.models().values())
        .allSatisfy(
            entry -> {
              assertThat(entry.licence()).isNotEqualTo("unknown");
              assertThat(entry.name()).isNotEqualTo(entry.id());
              if (entry.source() != null) {
                assertThat(entry.sha256()).isNotNull();
                assertThat(entry.bytes()).isPositive();
                assertThat(Source.parse(entry.source().text())).isEqualTo(entry.source());
              }
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "amazon.titan-embed-text-v2:0",
        "arn:aws:bedrock:eu-west-1::foundation-model/amazon.titan-embed-text-v2:0",
        "us.amazon.titan-embed-text-v2:0",
        "us-gov.amazon.titan-embed-text-v2:0",
        "arn:aws:bedrock:eu-west-1:123456789012:inference-profile/global.amazon.titan-embed-text-v2:0",
        "arn:aws:bedrock:eu-west-1:123456789012:provisioned-model/amazon.titan-embed-text-v2:0",
        "arn:aws-us-gov:bedrock:us-gov-west-1::foundation-model/outcrop.bge-small-en-v1.5"
      })
  void modelsAreFoundByIdAliasAndArn(String identifier) {
    assertThat(builtIn.find(identifier).orElseThrow().id()).isEqualTo("outcrop.bge-small-en-v1.5");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "amazon.titan-embed-text-v1",
        "xx.amazon.titan-embed-text-v2:0",
        "arn:aws:bedrock:us-east-1:123456789012:prompt/amazon.titan-embed-text-v2:0",
        "arn:aws:s3:us-east-1::foundation-model/amazon.titan-embed-text-v2:0",
        "arn:aws:bedrock:us-east-1::foundation-model/"
      })
  void othersAreNot(String identifier) {
    assertThat(builtIn.find(identifier)).isEmpty();
  }

  @Test
  void theUsersEntriesAndAliasesComeFirst() {
    Catalogue catalogue =
        Catalogue.of(
            new ModelsSettings(
                List.of(
                    entry("outcrop.bge-small-en-v1.5", null, null),
                    entry("amazon.titan-embed-text-v2:0", null, null)),
                Map.of("us.example.chat-v1:0", "outcrop.bge-small-en-v1.5"),
                1));
    assertThat(catalogue.find("outcrop.bge-small-en-v1.5").orElseThrow().vendor())
        .isEqualTo("User");
    assertThat(catalogue.find("amazon.titan-embed-text-v2:0").orElseThrow().id())
        .isEqualTo("amazon.titan-embed-text-v2:0");
    String profile =
        "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.example.chat-v1:0";
    assertThat(catalogue.find(profile)).isPresent();
  }

  @Test
  void patternsComeAfterNamesAndTheMostSpecificFirst() {
    String arn = "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/team";
    Catalogue catalogue =
        Catalogue.of(
            new ModelsSettings(
                List.of(
                    entry("one", null, null), entry("two", null, null), entry("three", null, null)),
                Map.of(
                    "anthropic.*", "one",
                    "anthropic.claude-3-*-v1:0", "two",
                    "anthropic.claude-3-opus-v1:0", "three",
                    "*:application-inference-profile/*", "three",
                    "nickname", "one"),
                1));
    assertThat(id(catalogue, "anthropic.claude-v2")).isEqualTo("one");
    assertThat(id(catalogue, "eu.anthropic.claude-v2")).isEqualTo("one");
    assertThat(id(catalogue, "anthropic.claude-3-haiku-v1:0")).isEqualTo("two");
    assertThat(
            id(catalogue, "arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-3-x-v1:0"))
        .isEqualTo("two");
    assertThat(id(catalogue, "anthropic.claude-3-opus-v1:0")).isEqualTo("three");
    assertThat(id(catalogue, arn)).isEqualTo("three");
    assertThat(catalogue.exact("anthropic.claude-v2")).isEmpty();
    assertThat(catalogue.find("anthropicXclaude")).isEmpty();
    assertThat(catalogue.models()).doesNotContainKey("anthropic.*").containsKey("nickname");
  }

  private static String id(Catalogue catalogue, String identifier) {
    return catalogue.find(identifier).orElseThrow().id();
  }

  @Test
  void profilesAreTheNamesWithAnArea() {
    Catalogue catalogue =
        Catalogue.of(
            new ModelsSettings(
                List.of(entry("one", null, null)),
                Map.of("us.vendor.one", "one", "user.one", "one"),
                1));
    assertThat(catalogue.profiles()).containsOnlyKeys("us.vendor.one");
  }

  @Test
  void fallBacksAreOtherModelsOfTheSameKind() {
    assertThatThrownBy(() -> withFallback("nobody")).hasMessageContaining("is no model");
    assertThatThrownBy(() -> withFallback("one")).hasMessageContaining("another model");
    assertThatThrownBy(() -> withFallback("outcrop.bge-small-en-v1.5"))
        .hasMessageContaining("same kind");
    assertThat(withFallback("qwen.qwen3-0.6b-v1").find("one")).isPresent();
  }

  private static Catalogue withFallback(String id) {
    CatalogueEntry entry =
        new CatalogueEntry(
            "one",
            null,
            null,
            "test",
            ModelEntry.Kind.CHAT,
            null,
            null,
            0,
            null,
            false,
            null,
            null,
            List.of(id));
    return Catalogue.of(new ModelsSettings(List.of(entry), Map.of(), 1));
  }

  @Test
  void mistakesAreNamed() {
    assertThatThrownBy(() -> Catalogue.of(new ModelsSettings(List.of(), Map.of("a", "nobody"), 1)))
        .hasMessageContaining("'a' stands for 'nobody'");
    assertThatThrownBy(() -> new ModelsSettings(List.of(), Map.of(), 0))
        .hasMessageContaining("queue");
    assertThatThrownBy(() -> entry("no/slash", null, null))
        .hasMessageContaining("cannot be a model id");
    assertThatThrownBy(() -> entry("a", "https://h/f", "ABC"))
        .hasMessageContaining("64 lower-case");
    assertThatThrownBy(() -> entry("a", "http://h/f", null))
        .hasMessageContaining("give its sha256");
    assertThatThrownBy(() -> entry("a", "file:/f", "0".repeat(64))).hasMessageContaining("fetched");
  }

  @Test
  void sourcesAreReadAndWritten() {
    for (String text :
        List.of(
            "file:/models/a.gguf",
            "https://host/path/a.gguf",
            "hf:owner/repo/a.gguf",
            "hf:owner/repo@abc123/sub/folder/a.gguf",
            "pip:package-x==1.2.3/package_x/a.gguf")) {
      assertThat(Source.parse(text).text()).isEqualTo(text);
      assertThat(Source.parse(text).fileName()).isEqualTo("a.gguf");
    }
    assertThat(Source.parse("https://host/a.gguf?token=1").fileName()).isEqualTo("a.gguf");
    for (String bad :
        List.of(
            "a.gguf",
            "ftp://host/a",
            "https://host/",
            "hf:owner/a.gguf",
            "hf:o/r/..",
            "pip:x/a",
            "")) {
      assertThatThrownBy(() -> Source.parse(bad)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aGgufIsNamedByItsFile() {
    assertThat(CatalogueEntry.ofGguf("hf:o/r/My Model".replace(' ', '-') + ".Q4.gguf").id())
        .isEqualTo("local.My-Model.Q4");
    assertThat(CatalogueEntry.ofGguf("./x.GGUF").id()).isEqualTo("local.x");
    assertThat(CatalogueEntry.ofGguf("./x.gguf").source().text())
        .startsWith("file:/")
        .doesNotContain("./");
  }

  private static CatalogueEntry entry(String id, String source, String sha256) {
    return new CatalogueEntry(
        id,
        null,
        null,
        "test",
        ModelEntry.Kind.CHAT,
        source == null ? null : Source.parse(source),
        sha256,
        0,
        null,
        false,
        null,
        null,
        null);
  }
}
