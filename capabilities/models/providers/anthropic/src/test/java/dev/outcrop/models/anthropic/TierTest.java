package dev.outcrop.models.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamMetadataEvent;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/** Which tier is asked for, and which was had. */
class TierTest {

  private static Remote serving(String tier) {
    return Remote.streaming(
        Remote.SHORT_ANSWER.replace(
            "\"input_tokens\":5", "\"input_tokens\":5,\"service_tier\":" + tier));
  }

  @ParameterizedTest
  @CsvSource({
    "default,standard_only,\"standard\",default",
    "priority,auto,\"priority\",priority",
    "priority,auto,\"standard\",default",
    "reserved,auto,\"priority\",reserved",
    "reserved,auto,null,reserved",
  })
  void tiers(String asked, String sent, String told, String had) {
    try (Remote remote = serving(told)) {
      Calls.Events events = new Calls.Events();
      remote
          .model()
          .converse(
              Remote.hello()
                  .serviceTier(t -> t.type(asked))
                  .performanceConfig(p -> p.latency("standard"))
                  .build(),
              events);
      assertThat(remote.server.asked.getFirst().json().path("service_tier").asText())
          .isEqualTo(sent);
      var last = (ConverseStreamMetadataEvent) events.sent.getLast();
      assertThat(last.serviceTier().typeAsString()).isEqualTo(had);
      assertThat(last.performanceConfig().latencyAsString()).isEqualTo("standard");
      assertThat(events.heads)
          .containsExactly(
              InvokeModelWithResponseStreamResponse.builder().serviceTier(had).build());
    }
  }

  @Test
  void theTierIsToldUnasked() {
    try (Remote remote = serving("\"priority\"")) {
      Calls.Events events = new Calls.Events();
      remote.model().converse(Remote.hello().build(), events);
      assertThat(remote.server.asked.getFirst().json().has("service_tier")).isFalse();
      assertThat(((ConverseStreamMetadataEvent) events.sent.getLast()).serviceTier().typeAsString())
          .isEqualTo("priority");
      assertThat(events.heads).isEmpty();
    }
  }

  @Test
  void whatCanNotBeHadIsRefused() {
    try (Remote remote = serving("null")) {
      var model = remote.model();
      var flex = Remote.hello().serviceTier(t -> t.type("flex")).build();
      assertThatThrownBy(() -> model.converse(flex, new Calls.Events()))
          .isInstanceOf(ValidationException.class)
          .hasMessageContaining("'flex' is not supported for this model, expected one of default");
      var fast = Remote.hello().performanceConfig(p -> p.latency("optimized")).build();
      assertThatThrownBy(() -> model.converse(fast, new Calls.Events()))
          .isInstanceOf(ValidationException.class)
          .hasMessageContaining("expected standard");
      assertThat(remote.server.asked).isEmpty();
    }
  }
}
