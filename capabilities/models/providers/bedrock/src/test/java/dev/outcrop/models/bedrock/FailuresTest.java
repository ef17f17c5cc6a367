package dev.outcrop.models.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outcrop.models.upstream.ProviderSettings;
import dev.outcrop.wire.ClientGoneException;
import dev.outcrop.wire.EventSink;
import dev.outcrop.wire.HttpExchange;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.bedrockruntime.model.AccessDeniedException;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ModelNotReadyException;
import software.amazon.awssdk.services.bedrockruntime.model.ModelStreamErrorException;
import software.amazon.awssdk.services.bedrockruntime.model.ModelTimeoutException;
import software.amazon.awssdk.services.bedrockruntime.model.ServiceUnavailableException;
import software.amazon.awssdk.services.bedrockruntime.model.ThrottlingException;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/** What goes wrong at Bedrock and on the way there. */
class FailuresTest {

  private static final ConverseStreamRequest HELLO =
      ConverseStreamRequest.builder()
          .modelId("claude")
          .messages(m -> m.role("user").content(c -> c.text("Hi")))
          .build();

  private static final ConverseStreamOutput START =
      ConverseStreamOutput.messageStartBuilder().role("assistant").build();

  private static final ConverseStreamOutput STOP =
      ConverseStreamOutput.messageStopBuilder().stopReason("end_turn").build();

  private static void converse(ScriptedBedrock bedrock, EventSink<ConverseStreamOutput> events) {
    bedrock.provider.chat(ScriptedBedrock.entry("m")).converse(HELLO, events);
  }

  private static ScriptedBedrock raw(int status, String type, String... settings) {
    var script = new ScriptedBedrock.Script();
    script.raw = exchange -> error(exchange, status, type);
    return new ScriptedBedrock(script, settings);
  }

  private static void error(HttpExchange exchange, int status, String type) throws IOException {
    try (var out =
        exchange.respond(
            status,
            Map.of(
                "content-type", List.of("application/json"), "x-amzn-ErrorType", List.of(type)))) {
      out.write("{\"message\":\"so it is\"}".getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void bedrocksErrorsStayAsTheyAre() {
    for (Class<?> expected :
        List.of(
            ValidationException.class,
            ThrottlingException.class,
            ModelNotReadyException.class,
            AccessDeniedException.class,
            ServiceUnavailableException.class)) {
      int status = expected == ThrottlingException.class ? 429 : 400;
      try (var bedrock = raw(status, expected.getSimpleName())) {
        assertThatThrownBy(() -> converse(bedrock, new Kept<>()))
            .isInstanceOf(expected)
            .hasMessageContaining("so it is");
        assertThatThrownBy(
                () ->
                    bedrock
                        .provider
                        .nativeBodies(ScriptedBedrock.entry("m"))
                        .orElseThrow()
                        .invoke(
                            InvokeModelRequest.builder()
                                .body(SdkBytes.fromUtf8String("{}"))
                                .build()))
            .isInstanceOf(expected)
            .hasMessageContaining("so it is");
      }
    }
  }

  @Test
  void theProvidersCredentialsAreNotTheClients() {
    try (var bedrock = raw(403, "UnrecognizedClientException")) {
      assertThatThrownBy(() -> converse(bedrock, new Kept<>()))
          .isInstanceOf(AccessDeniedException.class)
          .hasMessageContaining("providers.aws");
    }
  }

  @Test
  void throttledCallsAreTriedAgainAsOftenAsIsSaid() {
    AtomicInteger tries = new AtomicInteger();
    var script = new ScriptedBedrock.Script();
    script.converse =
        (request, events) -> {
          if (tries.incrementAndGet() < 3) {
            throw ThrottlingException.builder().message("later").build();
          }
          events.send(START);
          events.send(STOP);
        };
    try (var bedrock = new ScriptedBedrock(script, "retries", "2")) {
      Kept<ConverseStreamOutput> events = new Kept<>();
      converse(bedrock, events);
      assertThat(tries).hasValue(3);
      assertThat(events.sent).containsExactly(START, STOP);
    }
  }

  @Test
  void afterTheFirstEventNothingIsTriedAgain() {
    AtomicInteger tries = new AtomicInteger();
    var script = new ScriptedBedrock.Script();
    script.converse =
        (request, events) -> {
          tries.incrementAndGet();
          events.send(START);
          throw ThrottlingException.builder().message("too late").build();
        };
    try (var bedrock = new ScriptedBedrock(script, "retries", "3")) {
      Kept<ConverseStreamOutput> events = new Kept<>();
      assertThatThrownBy(() -> converse(bedrock, events))
          .isInstanceOf(ThrottlingException.class)
          .hasMessageContaining("too late");
      assertThat(events.sent).containsExactly(START);
      assertThat(tries).hasValue(1);
    }
  }

  @Test
  void anErrorEventMidwayStaysWhatItIs() {
    var script = new ScriptedBedrock.Script();
    script.converse =
        (request, events) -> {
          events.send(START);
          throw ModelStreamErrorException.builder().message("the model broke").build();
        };
    try (var bedrock = new ScriptedBedrock(script)) {
      assertThatThrownBy(() -> converse(bedrock, new Kept<>()))
          .isInstanceOf(ModelStreamErrorException.class)
          .hasMessageContaining("the model broke");
    }
  }

  @Test
  void aConnectionThatBreaksMidwayIsAnErrorOfTheStream() {
    var script = new ScriptedBedrock.Script();
    script.raw =
        exchange -> {
          var out =
              exchange.respond(
                  200, Map.of("content-type", List.of("application/vnd.amazon.eventstream")));
          out.write(Frames.event("messageStart", "{\"role\":\"assistant\"}"));
          out.flush();
          out.write(new byte[] {0, 0, 0, 99, 0});
          out.flush();
          exchange.abort();
        };
    try (var bedrock = new ScriptedBedrock(script)) {
      Kept<ConverseStreamOutput> events = new Kept<>();
      assertThatThrownBy(() -> converse(bedrock, events))
          .isInstanceOf(ModelStreamErrorException.class)
          .hasMessageContaining("'aws'");
      assertThat(events.sent).containsExactly(START);
    }
  }

  @Test
  void aSilentBedrockIsATimeOut() {
    CountDownLatch done = new CountDownLatch(1);
    var script = new ScriptedBedrock.Script();
    script.converse =
        (request, events) -> {
          events.send(START);
          await(done);
        };
    try (var bedrock = new ScriptedBedrock(script, "idle-timeout", "300ms")) {
      assertThatThrownBy(() -> converse(bedrock, new Kept<>()))
          .isInstanceOf(ModelTimeoutException.class);
    } finally {
      done.countDown();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new ClientGoneException(e);
    }
  }

  @Test
  void nobodyThere() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    try (BedrockProvider provider = ScriptedBedrock.provider("http://127.0.0.1:" + free)) {
      assertThatThrownBy(
              () -> provider.chat(ScriptedBedrock.entry("m")).converse(HELLO, new Kept<>()))
          .isInstanceOf(ServiceUnavailableException.class);
    }
  }

  @Test
  void theCallEndsAtBedrockWhenTheClientLeaves() {
    CountDownLatch gone = new CountDownLatch(1);
    var script = new ScriptedBedrock.Script();
    script.converse =
        (request, events) -> {
          try {
            while (true) {
              events.send(START);
            }
          } catch (ClientGoneException e) {
            gone.countDown();
            throw e;
          }
        };
    try (var bedrock = new ScriptedBedrock(script)) {
      assertThatThrownBy(() -> converse(bedrock, new Leaving()))
          .isInstanceOf(ClientGoneException.class);
      await(gone);
    }
  }

  /** A client that is gone at the first event. */
  private static final class Leaving implements EventSink<ConverseStreamOutput> {
    @Override
    public void respond(SdkResponse initial) {}

    @Override
    public void send(ConverseStreamOutput event) {
      throw new ClientGoneException(null);
    }
  }

  @Test
  void aSlowClientSlowsBedrockDown() throws Exception {
    AtomicInteger sent = new AtomicInteger();
    int all = 3_000;
    var big =
        ConverseStreamOutput.contentBlockDeltaBuilder()
            .contentBlockIndex(0)
            .delta(d -> d.text("x".repeat(30_000)))
            .build();
    var script = new ScriptedBedrock.Script();
    script.converse =
        (request, events) -> {
          for (int i = 0; i < all; i++) {
            events.send(big);
            sent.incrementAndGet();
          }
          events.send(STOP);
        };
    try (var bedrock = new ScriptedBedrock(script)) {
      AtomicInteger seen = new AtomicInteger();
      AtomicInteger stalledAt = new AtomicInteger();
      converse(
          bedrock,
          new EventSink<>() {
            @Override
            public void respond(SdkResponse initial) {}

            @Override
            public void send(ConverseStreamOutput event) {
              if (seen.incrementAndGet() == 1) {
                stalledAt.set(stalled(sent));
              }
            }
          });
      assertThat(stalledAt.get()).isLessThan(all / 2);
      assertThat(seen).hasValue(all + 1);
    }
  }

  /** Waits until no more is sent. */
  private static int stalled(AtomicInteger sent) {
    int before = -1;
    while (sent.get() != before) {
      before = sent.get();
      try {
        Thread.sleep(500);
      } catch (InterruptedException e) {
        throw new ClientGoneException(e);
      }
    }
    return before;
  }

  @Test
  void noMoreCallsAtOnceThanAreAllowed() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    var script = new ScriptedBedrock.Script();
    script.converse =
        (request, events) -> {
          inside.countDown();
          await(done);
          events.send(STOP);
        };
    try (var bedrock = new ScriptedBedrock(script, "concurrency", "1", "queue", "0")) {
      Thread first = Thread.ofVirtual().start(() -> converse(bedrock, new Kept<>()));
      await(inside);
      assertThatThrownBy(() -> converse(bedrock, new Kept<>()))
          .isInstanceOf(ThrottlingException.class);
      done.countDown();
      first.join();
    }
  }

  @Test
  void wrongSettingsAreToldAtOnce() {
    assertThatThrownBy(
            () ->
                new BedrockProvider(
                    "aws",
                    ProviderSettings.of(
                        Map.of(
                            "type", "bedrock",
                            "region", "us-east-1",
                            "role-arn", "arn:aws:iam::123456789012:role/x",
                            "endpoints.one.url", "https://bedrock-runtime.us-east-1.amazonaws.com",
                            "endpoints.one.keys", "k"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("either a key or roleArn");
    new BedrockProvider(
            "aws",
            ProviderSettings.of(
                Map.of(
                    "type", "bedrock",
                    "region", "us-east-1",
                    "role-arn", "arn:aws:iam::123456789012:role/x")))
        .close();
  }
}
