package dev.outcrop.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outcrop.models.ScriptedModels.Events;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamMetadataEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelResponse;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ResponseStream;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/** A model that knows tiers is asked for them, and its word counts. */
class TiersTest {

  private static final SdkBytes BODY = SdkBytes.fromUtf8String("{\"inputText\":\"a b\"}");

  private final ScriptedModels scripted = new ScriptedModels();

  @Test
  void converse() {
    ConverseResponse flex = converse("flex");
    assertThat(flex.serviceTier().typeAsString()).isEqualTo("flex");
    assertThat(flex.performanceConfig().latencyAsString()).isEqualTo("optimized");
    ConverseStreamRequest asked = scripted.provider.asked.getFirst();
    assertThat(asked.serviceTier().typeAsString()).isEqualTo("flex");
    assertThat(asked.performanceConfig().latencyAsString()).isEqualTo("optimized");
    assertThat(asked.hasRequestMetadata()).isFalse();

    assertThat(converse("priority").serviceTier().typeAsString()).isEqualTo("default");
  }

  private ConverseResponse converse(String tier) {
    return scripted.inference.converse(
        ConverseRequest.builder()
            .modelId(ScriptedModels.TIERS)
            .messages(m -> m.role("user").content(ContentBlock.fromText("a b")))
            .performanceConfig(p -> p.latency("optimized"))
            .serviceTier(t -> t.type(tier))
            .build());
  }

  @Test
  void converseStream() {
    Events<ConverseStreamOutput> events = new Events<>();
    scripted.inference.converseStream(
        ConverseStreamRequest.builder()
            .modelId(ScriptedModels.TIERS)
            .messages(m -> m.role("user").content(ContentBlock.fromText("a b")))
            .serviceTier(t -> t.type("priority"))
            .build(),
        events);
    assertThat(events.heads).isEmpty();
    ConverseStreamMetadataEvent last = (ConverseStreamMetadataEvent) events.sent.getLast();
    assertThat(last.serviceTier().typeAsString()).isEqualTo("default");
  }

  @Test
  void invokeModel() {
    InvokeModelResponse flex = invoke(ScriptedModels.TIERS, "flex");
    assertThat(flex.serviceTierAsString()).isEqualTo("flex");
    assertThat(flex.performanceConfigLatencyAsString()).isEqualTo("optimized");
    assertThat(scripted.provider.asked.getFirst().serviceTier().typeAsString()).isEqualTo("flex");

    assertThat(invoke(ScriptedModels.TIERS, "priority").serviceTierAsString()).isEqualTo("default");
    assertThatThrownBy(() -> invoke(ScriptedModels.EMBEDDING, "priority"))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("Latency performance configuration");
  }

  private InvokeModelResponse invoke(String model, String tier) {
    return scripted.inference.invokeModel(
        InvokeModelRequest.builder()
            .modelId(model)
            .body(BODY)
            .performanceConfigLatency("optimized")
            .serviceTier(tier)
            .build());
  }

  @Test
  void invokeModelWithResponseStream() {
    Events<ResponseStream> events = new Events<>();
    scripted.inference.invokeModelWithResponseStream(
        InvokeModelWithResponseStreamRequest.builder()
            .modelId(ScriptedModels.TIERS)
            .body(BODY)
            .performanceConfigLatency("standard")
            .serviceTier("priority")
            .build(),
        events);
    InvokeModelWithResponseStreamResponse head =
        (InvokeModelWithResponseStreamResponse) events.heads.getFirst();
    assertThat(head.serviceTierAsString()).isEqualTo("default");
    assertThat(head.performanceConfigLatencyAsString()).isEqualTo("standard");
    assertThat(head.contentType()).isEqualTo("application/json");
  }

  @Test
  void aBodyThatSaysAnotherTierIsRefused() {
    Tiers header = new Tiers(null, "flex");
    assertThat(header.and(new Tiers("optimized", null))).isEqualTo(new Tiers("optimized", "flex"));
    assertThatThrownBy(() -> header.and(new Tiers(null, "priority")))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("serviceTier is 'flex', but the body says 'priority'");
  }
}
