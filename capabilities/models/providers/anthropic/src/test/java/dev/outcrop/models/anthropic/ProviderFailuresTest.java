package dev.outcrop.models.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outcrop.models.upstream.ScriptedServer.Script;
import dev.outcrop.wire.ClientGoneException;
import dev.outcrop.wire.EventSink;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ModelErrorException;
import software.amazon.awssdk.services.bedrockruntime.model.ModelStreamErrorException;
import software.amazon.awssdk.services.bedrockruntime.model.ModelTimeoutException;

/** Calls of a scripted Anthropic that fails in every way. */
class ProviderFailuresTest {

  private static final String BEGUN =
      Remote.SHORT_ANSWER.substring(
          0, Remote.SHORT_ANSWER.indexOf("data: {\"type\":\"content_block_stop"));
  private static final String START =
      Remote.SHORT_ANSWER.substring(
          0, Remote.SHORT_ANSWER.indexOf("data: {\"type\":\"content_block_start"));
  private static final String OVERLOADED =
      "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}\n\n";

  private static String error(String type) {
    return "{\"type\":\"error\",\"error\":{\"type\":\"" + type + "\",\"message\":\"so it is\"}}";
  }

  @ParameterizedTest
  @CsvSource({
    "400, invalid_request_error, ValidationException",
    "401, authentication_error, AccessDeniedException",
    "402, billing_error, ServiceQuotaExceededException",
    "403, permission_error, AccessDeniedException",
    "404, not_found_error, ResourceNotFoundException",
    "413, request_too_large, ValidationException",
    "429, rate_limit_error, ThrottlingException",
    "500, api_error, ModelErrorException",
    "504, timeout_error, ModelTimeoutException",
    "529, overloaded_error, ServiceUnavailableException",
    "529, unheard_of_error, ServiceUnavailableException",
    "418, unheard_of_error, ValidationException",
  })
  void errorsBecomeBedrocks(int status, String type, String exception) {
    try (Remote remote =
        new Remote((asked, reply) -> reply.json(status, error(type)), "retries", "0")) {
      assertThatThrownBy(() -> remote.model().converse(Remote.hello().build(), new Calls.Events()))
          .satisfies(e -> assertThat(e.getClass().getSimpleName()).isEqualTo(exception))
          .hasMessageContaining("'claude-cloud'")
          .hasMessageNotContaining("sk-ant");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"529", "overloaded at once", "overloaded after the start", "hangs up"})
  void whatFailedBeforeTheFirstPieceIsTriedAgain(String how) {
    AtomicInteger tries = new AtomicInteger();
    Script script =
        (asked, reply) -> {
          if (tries.getAndIncrement() > 0) {
            reply.stream().chunk(Remote.SHORT_ANSWER);
            return;
          }
          switch (how) {
            case "529" -> reply.json(529, error("overloaded_error"));
            case "overloaded at once" -> reply.stream().chunk(OVERLOADED);
            case "overloaded after the start" -> reply.stream().chunk(START + OVERLOADED);
            default -> {
              reply.stream().chunk(START);
              reply.hangUp();
            }
          }
        };
    try (Remote remote = new Remote(script, "retries", "1")) {
      Calls.Events events = new Calls.Events();
      remote.model().converse(Remote.hello().build(), events);

      assertThat(tries).hasValue(2);
      assertThat(events.sent).hasSize(5);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hangs up", "half closes", "ends", "lies", "overloaded", "odd block"})
  void whatFailsAfterwardsIsTold(String how) {
    Script script =
        (asked, reply) -> {
          reply.stream().chunk(BEGUN);
          switch (how) {
            case "hangs up" -> reply.hangUp();
            case "half closes" -> reply.halfClose();
            case "lies" -> reply.chunk("data: {\"type\": nonsense\n\n");
            case "overloaded" -> reply.chunk(OVERLOADED);
            case "odd block" ->
                reply.chunk(
                    "data: {\"type\":\"content_block_start\",\"index\":1,\"content_block\":{\"type\":\"poem\"}}\n\n");
            default -> {
              // ends without its last event
            }
          }
        };
    try (Remote remote = new Remote(script, "retries", "3")) {
      Calls.Events events = new Calls.Events();
      assertThatThrownBy(() -> remote.model().converse(Remote.hello().build(), events))
          .isInstanceOf(ModelStreamErrorException.class)
          .hasMessageContaining("'claude-cloud'");
      assertThat(events.sent).hasSize(2);
      assertThat(remote.server.asked).hasSize(1);
    }
  }

  @Test
  void aSilentServiceIsATimeOut() {
    CountDownLatch done = new CountDownLatch(1);
    try (Remote remote =
        new Remote((asked, reply) -> done.await(), "retries", "0", "first-byte-timeout", "200ms")) {
      assertThatThrownBy(() -> remote.model().converse(Remote.hello().build(), new Calls.Events()))
          .isInstanceOf(ModelTimeoutException.class);
    } finally {
      done.countDown();
    }
  }

  @Test
  void anAnswerThatIsNoStreamIsAFailure() {
    try (Remote remote = new Remote((asked, reply) -> reply.json(200, "{}"), "retries", "0")) {
      assertThatThrownBy(() -> remote.model().converse(Remote.hello().build(), new Calls.Events()))
          .isInstanceOf(ModelErrorException.class)
          .hasMessageContaining("not a stream");
    }
  }

  @Test
  void theConnectionIsClosedWhenTheClientLeaves() throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    Script script =
        (asked, reply) -> {
          reply.stream().chunk(BEGUN);
          reply.awaitGone();
          gone.countDown();
        };
    EventSink<ConverseStreamOutput> leaving =
        new EventSink<>() {
          @Override
          public void respond(SdkResponse initial) {}

          @Override
          public void send(ConverseStreamOutput event) {
            throw new ClientGoneException(null);
          }
        };
    try (Remote remote = new Remote(script)) {
      assertThatThrownBy(() -> remote.model().converse(Remote.hello().build(), leaving))
          .isInstanceOf(ClientGoneException.class);
      assertThat(gone.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }
}
