package dev.outcrop.wire.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outcrop.wire.Capabilities;
import dev.outcrop.wire.LocalClients;
import dev.outcrop.wire.Toys;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.bedrockagent.BedrockAgentClient;
import software.amazon.awssdk.services.bedrockagent.model.KnowledgeBaseSummary;
import software.amazon.awssdk.services.bedrockagent.model.ResourceNotFoundException;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.BedrockRuntimeException;
import software.amazon.awssdk.services.bedrockruntime.model.BidirectionalInputPayloadPart;
import software.amazon.awssdk.services.bedrockruntime.model.BidirectionalOutputPayloadPart;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.InternalServerException;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithBidirectionalStreamInput;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithBidirectionalStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.ModelErrorException;
import software.amazon.awssdk.services.bedrockruntime.model.ThrottlingException;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

class LocalClientsTest {
  private final Toys.Echo echo = new Toys.Echo();
  private final Capabilities capabilities =
      Capabilities.of(echo, new Toys.Bases(), new Toys.Objects());
  private final BedrockRuntimeClient runtime =
      LocalClients.create(BedrockRuntimeClient.class, capabilities);
  private final BedrockRuntimeAsyncClient async =
      LocalClients.create(BedrockRuntimeAsyncClient.class, capabilities);
  private final BedrockAgentClient agent =
      LocalClients.create(BedrockAgentClient.class, capabilities);
  private final S3Client s3 = LocalClients.create(S3Client.class, capabilities);
  private final S3AsyncClient s3Async = LocalClients.create(S3AsyncClient.class, capabilities);

  private static Message say(String text) {
    return Message.builder()
        .role(ConversationRole.USER)
        .content(ContentBlock.fromText(text))
        .build();
  }

  @Test
  void callsByRequestAndByConsumer() {
    var response = runtime.converse(r -> r.modelId("m").messages(say("hello")));
    assertThat(response.output().message().content().getFirst().text()).isEqualTo("hello");
    assertThat(runtime.serviceName()).isEqualTo("bedrock");
    assertThat(async.converse(r -> r.modelId("m").messages(say("hi"))).join().usage().totalTokens())
        .isEqualTo(3);
    runtime.close();
  }

  @Test
  void throwsWhatRealClientsThrow() {
    var throttled =
        catchThrowableOfType(
            ThrottlingException.class,
            () -> runtime.converse(r -> r.modelId("m").messages(say("throttle"))));
    assertThat(throttled.statusCode()).isEqualTo(429);
    assertThat(throttled.awsErrorDetails().errorCode()).isEqualTo("ThrottlingException");
    assertThat(throttled.awsErrorDetails().errorMessage()).isEqualTo("slow down");
    assertThat(throttled.requestId()).hasSize(36);
    var model =
        catchThrowableOfType(
            ModelErrorException.class,
            () -> runtime.converse(r -> r.modelId("m").messages(say("model error"))));
    assertThat(model.originalStatusCode()).isEqualTo(418);
    assertThatThrownBy(() -> runtime.converse(r -> r.modelId("m").messages(say("bug"))))
        .isInstanceOf(InternalServerException.class)
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> agent.getKnowledgeBase(r -> r.knowledgeBaseId("MISSING000")))
        .isInstanceOf(ResourceNotFoundException.class);
    assertThatThrownBy(() -> async.converse(r -> r.modelId("m").messages(say("throttle"))).join())
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(ThrottlingException.class);
  }

  @Test
  void saysWhatIsNotImplemented() {
    var refused =
        catchThrowableOfType(
            BedrockRuntimeException.class,
            () ->
                runtime.getAsyncInvoke(
                    r ->
                        r.invocationArn(
                            "arn:aws:bedrock:us-east-1:000000000000:async-invoke/abcdefghijkl")));
    assertThat(refused.statusCode()).isEqualTo(501);
    assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("NotImplementedException");
    assertThat(refused.getMessage()).contains("bedrock-runtime:GetAsyncInvoke");
  }

  @Test
  void paginatesAndWaits() {
    assertThat(agent.listKnowledgeBasesPaginator(r -> {}).knowledgeBaseSummaries())
        .extracting(KnowledgeBaseSummary::knowledgeBaseId)
        .containsExactly("KB0", "KB1", "KB2", "KB3", "KB4");
    s3.putObject(r -> r.bucket("bucket").key("k"), RequestBody.fromString("x"));
    var waited = s3.waiter().waitUntilObjectExists(r -> r.bucket("bucket").key("k"));
    assertThat(waited.matched().response()).isPresent();
  }

  @Test
  void streamsEventsAsFastAsTheyAreAskedFor() throws Exception {
    List<String> words = Collections.synchronizedList(new ArrayList<>());
    var handler =
        ConverseStreamResponseHandler.builder()
            .subscriber(
                ConverseStreamResponseHandler.Visitor.builder()
                    .onContentBlockDelta(d -> words.add(d.delta().text()))
                    .build())
            .build();
    async.converseStream(r -> r.modelId("m").messages(say("one two three")), handler).get();
    assertThat(words).containsExactly("one", "two", "three");
  }

  @Test
  void cancellingAStreamStopsTheWork() throws Exception {
    var handler =
        ConverseStreamResponseHandler.builder()
            .onEventStream(publisher -> publisher.subscribe(new Two()))
            .build();
    async.converseStream(r -> r.modelId("m").messages(say("forever")), handler);
    assertThat(echo.cancelled.await(20, TimeUnit.SECONDS)).isTrue();
  }

  /** Takes two events and leaves. */
  private static final class Two implements Subscriber<ConverseStreamOutput> {
    private Subscription subscription;
    private int seen;

    @Override
    public void onSubscribe(Subscription given) {
      subscription = given;
      given.request(1);
    }

    @Override
    public void onNext(ConverseStreamOutput event) {
      if (++seen == 2) {
        subscription.cancel();
      } else {
        subscription.request(1);
      }
    }

    @Override
    public void onError(Throwable error) {}

    @Override
    public void onComplete() {}
  }

  @Test
  void aStreamThatBreaksFailsItsFuture() {
    List<Throwable> errors = Collections.synchronizedList(new ArrayList<>());
    var handler =
        ConverseStreamResponseHandler.builder()
            .onError(errors::add)
            .subscriber(event -> {})
            .build();
    var request = ConverseStreamRequest.builder().modelId("m").messages(say("a break")).build();
    assertThatThrownBy(() -> async.converseStream(request, handler).join())
        .hasCauseInstanceOf(ThrottlingException.class);
    assertThat(errors).hasAtLeastOneElementOfType(ThrottlingException.class);
  }

  @Test
  void streamsEventsBothWays() {
    List<String> back = Collections.synchronizedList(new ArrayList<>());
    var parts =
        SdkPublisher.fromIterable(List.of("a", "b", "c"))
            .map(
                text ->
                    (InvokeModelWithBidirectionalStreamInput)
                        InvokeModelWithBidirectionalStreamInput.chunkBuilder()
                            .bytes(SdkBytes.fromUtf8String(text))
                            .build());
    var handler =
        InvokeModelWithBidirectionalStreamResponseHandler.builder()
            .subscriber(
                event -> back.add(((BidirectionalOutputPayloadPart) event).bytes().asUtf8String()))
            .build();
    async.invokeModelWithBidirectionalStream(r -> r.modelId("m"), parts, handler).join();
    assertThat(back).containsExactly("a", "b", "c");
    assertThat(BidirectionalInputPayloadPart.builder().build().bytes()).isNull();
  }

  @Test
  void movesBytesBothWays() throws Exception {
    var put = PutObjectRequest.builder().bucket("bucket").key("a/b").metadata(Map.of("x", "y"));
    s3.putObject(put.build(), RequestBody.fromString("hello"));
    assertThat(s3.getObjectAsBytes(r -> r.bucket("bucket").key("a/b")).asUtf8String())
        .isEqualTo("hello");
    try (var stream = s3.getObject(r -> r.bucket("bucket").key("a/b"))) {
      assertThat(stream.readAllBytes()).isEqualTo("hello".getBytes());
      assertThat(stream.response().metadata()).containsEntry("x", "y");
    }
    byte[] large = new byte[300_000];
    s3Async.putObject(r -> r.bucket("bucket").key("l"), AsyncRequestBody.fromBytes(large)).join();
    var got =
        s3Async
            .getObject(r -> r.bucket("bucket").key("l"), AsyncResponseTransformer.toBytes())
            .join();
    assertThat(got.asByteArray()).isEqualTo(large);
    assertThatThrownBy(() -> s3.getObject(r -> r.bucket("bucket").key("none")))
        .isInstanceOf(NoSuchKeyException.class);
    assertThatThrownBy(
            () ->
                s3Async
                    .getObject(r -> r.bucket("b").key("none"), AsyncResponseTransformer.toBytes())
                    .join())
        .hasCauseInstanceOf(NoSuchKeyException.class);
  }
}
