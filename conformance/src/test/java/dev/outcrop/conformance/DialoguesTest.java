package dev.outcrop.conformance;

import static dev.outcrop.conformance.clients.Json.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outcrop.conformance.clients.Client;
import dev.outcrop.conformance.clients.Kind;
import dev.outcrop.conformance.running.Homes;
import dev.outcrop.conformance.running.OutcropProcess;
import dev.outcrop.conformance.running.ScriptedSonic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.model.BidirectionalOutputPayloadPart;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithBidirectionalStreamInput;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithBidirectionalStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.ModelTimeoutException;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/**
 * Dialogues (InvokeModelWithBidirectionalStream) by the clients that have event streams both ways,
 * with a model behind that answers by script over the real protocol.
 */
final class DialoguesTest {
  private static final String HELLO = "{\"event\":{\"textInput\":{\"content\":\"%s\"}}}";
  private static final String BACK = "{\"event\":{\"textOutput\":{\"content\":\"%s\"}}}";

  private static ScriptedSonic upstream;
  private static OutcropProcess server;
  private static BedrockRuntimeAsyncClient bedrock;

  @BeforeAll
  static void serve() throws Exception {
    upstream = new ScriptedSonic();
    Path home = Homes.fresh("dialogues");
    Files.writeString(
        home.resolve("outcrop.yaml"),
        """
        providers:
          aws:
            type: bedrock
            region: us-east-1
            retries: 0
            endpoints: {one: {url: "%s", keys: [a-key]}}
        models:
          sonic:
            provider: aws
            kind: chat
            options: {model: amazon.nova-sonic-v1:0}
            prices: {input: 3, output: 12}
        aliases:
          "amazon.nova-sonic*": sonic
        """
            .formatted(upstream.endpoint()));
    server = OutcropProcess.up(home);
    bedrock =
        BedrockRuntimeAsyncClient.builder()
            .endpointOverride(server.endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
            .httpClientBuilder(NettyNioAsyncHttpClient.builder().protocol(Protocol.HTTP2))
            .build();
  }

  @AfterAll
  static void close() {
    if (bedrock != null) {
      bedrock.close();
      server.close();
    }
    upstream.close();
  }

  /** A client that says what the test says, when it says it. */
  private static final class Speaker implements Publisher<InvokeModelWithBidirectionalStreamInput> {
    final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final BlockingQueue<Runnable> ready = new LinkedBlockingQueue<>();
    private org.reactivestreams.Subscriber<? super InvokeModelWithBidirectionalStreamInput> server;

    @Override
    public void subscribe(
        org.reactivestreams.Subscriber<? super InvokeModelWithBidirectionalStreamInput> s) {
      server = s;
      s.onSubscribe(
          new Subscription() {
            @Override
            public void request(long n) {
              for (int i = 0; i < Math.min(n, 100); i++) {
                ready.add(() -> {});
              }
            }

            @Override
            public void cancel() {}
          });
    }

    void say(String json) throws InterruptedException {
      assertThat(ready.poll(30, TimeUnit.SECONDS)).as("the server wants to hear more").isNotNull();
      server.onNext(
          (InvokeModelWithBidirectionalStreamInput)
              InvokeModelWithBidirectionalStreamInput.chunkBuilder()
                  .bytes(SdkBytes.fromUtf8String(json))
                  .build());
    }

    void end() {
      server.onComplete();
    }

    String hear() throws InterruptedException {
      return heard.poll(30, TimeUnit.SECONDS);
    }

    CompletableFuture<Void> talk(String model) {
      return bedrock.invokeModelWithBidirectionalStream(
          r -> r.modelId(model),
          this,
          InvokeModelWithBidirectionalStreamResponseHandler.builder()
              .subscriber(
                  e -> heard.add(((BidirectionalOutputPayloadPart) e).bytes().asUtf8String()))
              .build());
    }
  }

  @Test
  void javaSpeaksAndListensInTurn() throws Exception {
    Speaker speaker = new Speaker();
    CompletableFuture<Void> done = speaker.talk("amazon.nova-sonic-v1:0");
    for (String word : List.of("one", "two")) {
      speaker.say(HELLO.formatted(word));
      assertThat(speaker.hear()).isEqualTo(BACK.formatted(word));
      assertThat(speaker.hear()).contains("usageEvent");
    }
    assertThat(done).isNotDone();
    speaker.end();
    assertThat(speaker.hear()).contains("completionEnd").contains("amazon.nova-sonic-v1:0");
    done.get(30, TimeUnit.SECONDS);

    String usage = OutcropProcess.command("usage", "--home", server.home().toString()).said();
    assertThat(usage).contains("sonic");
    assertThat(usage.replaceAll("\\s+", " ")).contains(" 20 2 ");
  }

  @Test
  void aFailureInTheMiddleIsTheClientsOwnClass() throws Exception {
    Speaker speaker = new Speaker();
    CompletableFuture<Void> done = speaker.talk("sonic");
    speaker.say(HELLO.formatted("one"));
    assertThat(speaker.hear()).isEqualTo(BACK.formatted("one"));
    speaker.say("break");
    assertThatThrownBy(() -> done.get(30, TimeUnit.SECONDS))
        .hasCauseInstanceOf(ModelTimeoutException.class);
  }

  @Test
  void theModelHearsThatTheClientLeft() throws Exception {
    Speaker speaker = new Speaker();
    CompletableFuture<Void> done = speaker.talk("sonic");
    speaker.say(HELLO.formatted("one"));
    assertThat(speaker.hear()).isEqualTo(BACK.formatted("one"));
    done.cancel(true);
    assertThat(upstream.left.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void modelsThatHoldNoDialogueRefuse() {
    assertThatThrownBy(
            () -> new Speaker().talk("outcrop.bge-small-en-v1.5").get(30, TimeUnit.SECONDS))
        .hasCauseInstanceOf(ValidationException.class)
        .hasMessageContaining("The model is unsupported for bidirectional streaming.");
    assertThatThrownBy(() -> new Speaker().talk("nobody.knows-v1:0").get(30, TimeUnit.SECONDS))
        .hasCauseInstanceOf(ValidationException.class)
        .hasMessageContaining("The provided model identifier is invalid.");
  }

  @Test
  void javascript() throws Exception {
    try (Client client = Kind.javascript(server.endpoint())) {
      JsonNode input =
          json(
              """
              {"modelId": "sonic", "body": {"$events": [
                {"chunk": {"bytes": {"$text": "one"}}}, {"chunk": {"bytes": {"$text": "two"}}}]}}
              """);
      List<JsonNode> events =
          client.stream(
                  "bedrock-runtime", "InvokeModelWithBidirectionalStream", input, Client.NEVER)
              .streamed();
      assertThat(
              events.stream()
                  .map(event -> event.at("/chunk/bytes").asText())
                  .filter(text -> !text.contains("usageEvent"))
                  .collect(Collectors.joining(" ")))
          .startsWith("one two ")
          .contains("completionEnd");
    }
  }
}
