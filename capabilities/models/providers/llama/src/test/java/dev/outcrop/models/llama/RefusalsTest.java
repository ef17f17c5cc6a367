package dev.outcrop.models.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ImageBlock;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.Tool;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

final class RefusalsTest extends LlamaTest {

  @Test
  void whatTheModelCannotDoIsRefusedByName() {
    refused(
        "toolSpec.inputSchema",
        r -> r.toolConfig(t -> t.tools(Tool.fromToolSpec(s -> s.name("t")))));
    refused("guardrailConfig", r -> r.guardrailConfig(g -> g.guardrailIdentifier("g")));
    refused("additionalModelResponseFieldPaths", r -> r.additionalModelResponseFieldPaths("/x"));
    refused("latency", r -> r.performanceConfig(p -> p.latency("optimized")));
    refused(
        "additionalModelRequestFields.top_x",
        r -> r.additionalModelRequestFields(Document.mapBuilder().putNumber("top_x", 1).build()));
    refused(
        "additionalModelRequestFields.seed",
        r -> r.additionalModelRequestFields(Document.mapBuilder().putNumber("seed", 1.5).build()));
    refused("messages.0.content.0.image", r -> r.messages(message("user", image())));
    refused("topP", r -> r.inferenceConfig(c -> c.topP(2f)));
  }

  @Test
  void conversationsMustAlternate() {
    refused("must start with a user message", r -> r.messages(message("assistant", text())));
    refused("must alternate", r -> r.messages(message("user", text()), message("user", text())));
    refused(
        "must end with a user message",
        r -> r.messages(message("user", text()), message("assistant", text())));
    refused("messages.0.content.0 is blank", r -> r.messages(user("  ")));
    refused("messages.0 is empty", r -> r.messages(Message.builder().role("user").build()));
  }

  @Test
  void metadataOfTheRequestIsTaken() {
    var request =
        ask("hello", 3).toBuilder()
            .requestMetadata(Map.of("team", "a"))
            .performanceConfig(p -> p.latency("standard"))
            .additionalModelRequestFields(
                Document.mapBuilder().putString("user", "a").putNumber("seed", 1).build())
            .build();

    assertThat(answer(model(), request).text()).hasSize(3);
  }

  private void refused(String word, Consumer<ConverseStreamRequest.Builder> change) {
    var request = ask("hello", 3).toBuilder();
    change.accept(request);
    assertThatThrownBy(() -> answer(model(), request.build()))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining(word);
  }

  private static Message message(String role, ContentBlock... content) {
    return Message.builder().role(role).content(content).build();
  }

  private static ContentBlock text() {
    return ContentBlock.fromText("text");
  }

  private static ContentBlock image() {
    return ContentBlock.fromImage(
        ImageBlock.builder()
            .format("png")
            .source(s -> s.bytes(SdkBytes.fromUtf8String("x")))
            .build());
  }
}
