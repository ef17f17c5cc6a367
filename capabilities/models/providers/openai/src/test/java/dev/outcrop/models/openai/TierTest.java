package dev.outcrop.models.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outcrop.wire.EventSink;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/** Which tier is asked for, and which was had. */
class TierTest {

  private static Fixture serving(String tier) {
    return new Fixture(
        Fixture.saying(
            "{\"service_tier\":%s,\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"}}]}"
                .formatted(tier),
            Fixture.end("stop"),
            Fixture.USAGE));
  }

  @ParameterizedTest
  @CsvSource({
    "default,default,\"default\",default",
    "flex,flex,\"flex\",flex",
    "priority,priority,\"priority\",priority",
    "priority,priority,\"default\",default",
    "reserved,auto,\"scale\",reserved",
    "reserved,auto,\"default\",default",
    "flex,flex,null,flex",
  })
  void tiers(String asked, String sent, String told, String had) {
    try (Fixture fixture = serving(told)) {
      Events events =
          fixture.ask(
              fixture.chat("server", "openai"), request -> request.serviceTier(t -> t.type(asked)));
      assertThat(fixture.sent().path("service_tier").asText()).isEqualTo(sent);
      assertThat(events.metadata().serviceTier().typeAsString()).isEqualTo(had);
      assertThat(events.metadata().performanceConfig()).isNull();
    }
  }

  @ParameterizedTest
  @CsvSource({"\"priority\",optimized", "\"default\",standard", "null,optimized"})
  void optimizedLatencyIsPriority(String told, String had) {
    try (Fixture fixture = serving(told)) {
      Events events =
          fixture.ask(
              fixture.chat("server", "openrouter"),
              request -> request.performanceConfig(p -> p.latency("optimized")));
      assertThat(fixture.sent().path("service_tier").asText()).isEqualTo("priority");
      assertThat(events.metadata().performanceConfig().latencyAsString()).isEqualTo(had);
    }
  }

  @Test
  void theTierIsToldUnasked() {
    try (Fixture fixture = serving("\"flex\"")) {
      Events events = fixture.ask(fixture.chat("server", "openai"), request -> {});
      assertThat(fixture.sent().has("service_tier")).isFalse();
      assertThat(events.metadata().serviceTier().typeAsString()).isEqualTo("flex");
    }
  }

  @Test
  void theHeadOfANativeStreamComesBeforeTheFirstEvent() {
    List<Object> got = new ArrayList<>();
    EventSink<ConverseStreamOutput> sink =
        new EventSink<>() {
          @Override
          public void respond(SdkResponse initial) {
            got.add(initial);
          }

          @Override
          public void send(ConverseStreamOutput event) {
            got.add(event);
          }
        };
    try (Fixture fixture = serving("\"default\"")) {
      fixture
          .chat("server", "openai")
          .converse(
              Fixture.request(
                  request ->
                      request
                          .performanceConfig(p -> p.latency("optimized"))
                          .serviceTier(t -> t.type("priority"))),
              sink);
    }
    assertThat(got.getFirst())
        .isEqualTo(
            InvokeModelWithResponseStreamResponse.builder()
                .serviceTier("default")
                .performanceConfigLatency("standard")
                .build());
    assertThat(got.stream().filter(SdkResponse.class::isInstance)).hasSize(1);
  }

  @Test
  void whatCanNotBeHadIsRefused() {
    try (Fixture fixture = serving("null")) {
      var openAi = fixture.chat("server", "openai");
      var other = fixture.chat("server", "vllm");
      assertThatThrownBy(() -> fixture.ask(openAi, r -> r.serviceTier(t -> t.type("gold"))))
          .isInstanceOf(ValidationException.class)
          .hasMessageContaining("'gold' is not supported for this model, expected one of default");
      assertThatThrownBy(() -> fixture.ask(other, r -> r.serviceTier(t -> t.type("flex"))))
          .hasMessageContaining("'flex' is not supported for this model, expected default");
      assertThatThrownBy(
              () ->
                  fixture.ask(
                      openAi,
                      r ->
                          r.serviceTier(t -> t.type("flex"))
                              .performanceConfig(p -> p.latency("optimized"))))
          .hasMessageContaining("can't both be had");
      assertThatThrownBy(
              () ->
                  fixture.ask(
                      openAi,
                      r ->
                          r.serviceTier(t -> t.type("flex"))
                              .additionalModelRequestFields(
                                  Document.mapBuilder()
                                      .putString("service_tier", "scale")
                                      .build())))
          .hasMessageContaining("serviceTier 'flex' and service_tier 'scale'");
      assertThat(fixture.server.asked).isEmpty();
    }
  }
}
