package dev.outcrop.models.bodies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outcrop.models.ModelEntry;
import dev.outcrop.models.ModelEntry.Kind;
import dev.outcrop.models.NativeBodies.Asked;
import dev.outcrop.models.NativeBody;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

class FamiliesTest {

  /** Every fixture of a chat, for a model whose id says nothing: the keys say it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "titan-text|CHAT|{\"inputText\":\"a\"}",
        "openai|CHAT|{\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}",
        "nova|CHAT|{\"messages\":[],\"inferenceConfig\":{}}",
        "llama|CHAT|{\"prompt\":\"a\",\"max_gen_len\":1}",
        "openai-completion|CHAT|{\"prompt\":\"a\"}",
        "openai-completion|CHAT|{\"prompt\":\"a\",\"max_tokens\":1}",
        "jurassic|CHAT|{\"prompt\":\"a\",\"maxTokens\":1}",
        "command|CHAT|{\"prompt\":\"a\",\"k\":1}",
        "command-r|CHAT|{\"message\":\"a\"}",
        "titan-embedding|EMBEDDING|{\"inputText\":\"a\"}",
        "titan-multimodal|EMBEDDING|{\"inputImage\":\"AAAA\"}",
        "nova-embedding|EMBEDDING|{\"taskType\":\"SINGLE_EMBEDDING\"}",
        "cohere-embed|EMBEDDING|{\"texts\":[\"a\"],\"input_type\":\"image\"}",
        "titan-image|IMAGE|{\"taskType\":\"TEXT_IMAGE\"}",
        "sdxl|IMAGE|{\"text_prompts\":[]}",
        "stability|IMAGE|{\"prompt\":\"a\"}",
        "rerank|RERANK|{\"query\":\"a\"}"
      })
  void theKeysTellTheFamily(String family, Kind kind, String json) {
    assertThat(Keys.family(Body.parse(SdkBytes.fromUtf8String(json)), kind)).contains(family);
    assertThat(Families.names()).contains(family);
  }

  @Test
  void theIdTellsTheFamilyBeforeTheKeys() {
    String body = "{\"prompt\":\"a\",\"top_k\":3}";
    assertThat(read("mistral.mistral-7b-instruct-v0:2", Map.of(), body)).isPresent();
    assertThatThrownBy(() -> read("meta.llama3-8b-instruct-v1:0", Map.of(), body))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("extraneous key [top_k] is not permitted");
  }

  @Test
  void theOptionTellsTheFamilyOfALocalModel() {
    assertThatThrownBy(() -> read("local", Map.of("body", "jurassic"), "{\"inputText\":\"a\"}"))
        .hasMessageContaining("extraneous key [inputText]");
    assertThat(read("local", Map.of("body", "deepseek"), "{\"prompt\":\"a\"}")).isPresent();
    assertThatThrownBy(() -> read("local", Map.of("body", "klingon"), "{\"prompt\":\"a\"}"))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("klingon")
        .hasMessageContaining("titan-text");
  }

  @Test
  void bodiesOfAnthropicAreLeftToTheirOwnModule() {
    String messages = "{\"anthropic_version\":\"bedrock-2023-05-31\",\"messages\":[]}";
    assertThat(read("anthropic.claude-3-haiku-20240307-v1:0", Map.of(), messages)).isEmpty();
    assertThat(read("local", Map.of(), messages)).isEmpty();
    assertThat(read("local", Map.of(), "{\"prompt\":\"a\",\"max_tokens_to_sample\":1}")).isEmpty();
    assertThat(read("local", Map.of("body", "anthropic"), "{\"messages\":[]}")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "openai.gpt-oss-20b-1:0",
        "qwen.qwen3-32b-v1:0",
        "writer.palmyra-x5-v1:0",
        "deepseek.v3-v1:0",
        "ai21.jamba-1-5-mini-v1:0",
        "minimax.minimax-m2",
        "moonshot.kimi-k2-thinking",
        "nvidia.nemotron-nano-9b-v2",
        "google.gemma-3-4b-it",
        "mistral.pixtral-large-2502-v1:0"
      })
  void manyVendorsTakeOpenAisChat(String id) {
    Optional<NativeBody> body =
        read(id, Map.of(), "{\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}");
    assertThat(body).containsInstanceOf(NativeBody.Chat.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"amazon.nova-reel-v1:0", "amazon.nova-sonic-v1:0", "amazon.nova-2-sonic-v1:0"})
  void modelsWithoutABodyAreRefused(String id) {
    assertThatThrownBy(() -> read(id, Map.of(), "{\"taskType\":\"TEXT_VIDEO\"}"))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("StartAsyncInvoke");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "[]",
        "1",
        "{",
        "{}{}",
        "{\"inputText\":\"a\",\"inputText\":\"b\"}",
        "\u0000"
      })
  void whatIsNoObjectIsRefused(String json) {
    assertThatThrownBy(() -> read("amazon.titan-text-lite-v1", Map.of(), json))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("Malformed input request: ")
        .hasMessageContaining("please reformat your input and try again.");
  }

  @Test
  void deepJsonIsRefusedBeforeItFillsTheStack() {
    String deep = "{\"inputText\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
    assertThatThrownBy(() -> read("amazon.titan-text-lite-v1", Map.of(), deep))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("depth");
  }

  private static Optional<NativeBody> read(String id, Map<String, String> options, String json) {
    ModelEntry entry = new ModelEntry(id, "test", Kind.CHAT, null, options);
    return Families.standard()
        .getFirst()
        .read(new Asked(id, entry, SdkBytes.fromUtf8String(json), false));
  }
}
