package dev.outcrop.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockagent.BedrockAgentClient;
import software.amazon.awssdk.services.bedrockagent.model.ConflictException;
import software.amazon.awssdk.services.bedrockagent.model.KnowledgeBaseSummary;
import software.amazon.awssdk.services.bedrockagent.model.ResourceNotFoundException;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.BedrockRuntimeException;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.InternalServerException;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.ModelErrorException;
import software.amazon.awssdk.services.bedrockruntime.model.ThrottlingException;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.sts.StsClient;

/** Real SDK clients against the dispatcher, over sockets. */
class DispatcherTest {
  private static final Toys.Echo ECHO = new Toys.Echo();
  private static final TestServer SERVER =
      new TestServer(
          new Dispatcher(
              Capabilities.of(ECHO, new Toys.Bases(), new Toys.Metrics(), new Toys.Identity())));
  private static final Clients CLIENTS = new Clients(SERVER.uri());
  private static final BedrockRuntimeClient RUNTIME = CLIENTS.sync(BedrockRuntimeClient.builder());
  private static final BedrockRuntimeAsyncClient ASYNC =
      CLIENTS.async(BedrockRuntimeAsyncClient.builder());
  private static final BedrockAgentClient AGENT = CLIENTS.sync(BedrockAgentClient.builder());

  @AfterAll
  static void stop() {
    CLIENTS.close();
    SERVER.close();
  }

  private static Message say(String text) {
    return Message.builder()
        .role(ConversationRole.USER)
        .content(ContentBlock.fromText(text))
        .build();
  }

  @Test
  void answersRestJson() {
    var response =
        RUNTIME.converse(
            r ->
                r.modelId("arn:aws:bedrock:us-east-1:123456789012:imported-model/abcdefghijkl")
                    .messages(say("héllo ✓")));
    assertThat(response.output().message().content().getFirst().text()).isEqualTo("héllo ✓");
    assertThat(response.responseMetadata().requestId()).hasSize(36);
    var raw =
        RUNTIME.invokeModel(
            r -> r.modelId("m").contentType("text/x").body(SdkBytes.fromUtf8String("raw")));
    assertThat(raw.body().asUtf8String()).isEqualTo("raw");
    assertThat(raw.contentType()).isEqualTo("text/x");
    assertThat(AGENT.listKnowledgeBasesPaginator(r -> {}).knowledgeBaseSummaries())
        .extracting(KnowledgeBaseSummary::knowledgeBaseId)
        .hasSize(5);
  }

  @Test
  void answersErrorsThatSdksKnow() {
    assertThatThrownBy(() -> AGENT.getKnowledgeBase(r -> r.knowledgeBaseId("MISSING000")))
        .isInstanceOf(ResourceNotFoundException.class)
        .hasMessageContaining("no such knowledge base");
    assertThatThrownBy(() -> AGENT.deleteKnowledgeBase(r -> r.knowledgeBaseId("KB12345678")))
        .isInstanceOf(ConflictException.class);
    var model =
        catchThrowableOfType(
            ModelErrorException.class,
            () -> RUNTIME.converse(r -> r.modelId("m").messages(say("model error"))));
    assertThat(model.statusCode()).isEqualTo(424);
    assertThat(model.originalStatusCode()).isEqualTo(418);
    var bug =
        catchThrowableOfType(
            InternalServerException.class,
            () -> RUNTIME.converse(r -> r.modelId("m").messages(say("bug"))));
    assertThat(bug.getMessage()).doesNotContain("secret").contains(bug.requestId());
  }

  @Test
  void saysWhatIsNotImplementedInEveryProtocol() {
    var rest =
        catchThrowableOfType(
            BedrockRuntimeException.class,
            () -> CLIENTS.retrying(BedrockRuntimeClient.builder()).listAsyncInvokes(r -> {}));
    assertThat(rest.statusCode()).isEqualTo(501);
    assertThat(rest.awsErrorDetails().errorCode()).isEqualTo("NotImplementedException");
    assertThat(rest.getMessage()).contains("bedrock-runtime:ListAsyncInvokes");
    assertThat(rest.numAttempts()).isEqualTo(1);
    var json =
        catchThrowableOfType(
            KmsException.class, () -> CLIENTS.retrying(KmsClient.builder()).listKeys(r -> {}));
    assertThat(json.statusCode()).isEqualTo(501);
    assertThat(json.awsErrorDetails().errorCode()).isEqualTo("NotImplementedException");
    var query =
        catchThrowableOfType(
            IamException.class, () -> CLIENTS.retrying(IamClient.builder()).listUsers(r -> {}));
    assertThat(query.statusCode()).isEqualTo(501);
    assertThat(query.awsErrorDetails().errorCode()).isEqualTo("NotImplementedException");
  }

  @Test
  void answersQuery() {
    var sts = CLIENTS.sync(StsClient.builder());
    var identity = sts.getCallerIdentity();
    assertThat(identity.account()).isEqualTo("000000000000");
    assertThat(identity.userId()).isEqualTo("eu-central-1");
    var iam = CLIENTS.sync(IamClient.builder());
    var role =
        iam.createRole(
                r ->
                    r.roleName("r")
                        .assumeRolePolicyDocument("{\"a\": \"<&>\"}\r\n")
                        .tags(t -> t.key("k").value("v"), t -> t.key("l").value("w")))
            .role();
    assertThat(role.assumeRolePolicyDocument()).isEqualTo("{\"a\": \"<&>\"}\r\n");
    assertThat(role.tags()).hasSize(2);
    assertThat(role.createDate()).isEqualTo(Instant.ofEpochSecond(1_700_000_000));
    var taken =
        catchThrowableOfType(
            EntityAlreadyExistsException.class,
            () -> iam.createRole(r -> r.roleName("taken").assumeRolePolicyDocument("{}")));
    assertThat(taken.awsErrorDetails().errorMessage()).isEqualTo("taken <&> \"");
    assertThat(taken.statusCode()).isEqualTo(409);
  }

  @Test
  void answersCborWithGzippedBodies() {
    var metrics = CLIENTS.sync(CloudWatchClient.builder());
    metrics.putMetricData(
        r ->
            r.namespace("n")
                .metricData(Collections.nCopies(300, CloudWatchFixtures.datum("m", 0.5))));
    var start = Instant.ofEpochMilli(1_700_000_000_123L);
    var statistics =
        metrics.getMetricStatistics(
            r ->
                r.namespace("n")
                    .metricName("m")
                    .startTime(start)
                    .endTime(start.plusSeconds(60))
                    .period(60));
    assertThat(statistics.datapoints().getFirst().sum()).isEqualTo(150);
    assertThat(statistics.datapoints().getFirst().timestamp()).isEqualTo(start);
  }

  @Test
  void streamsEvents() throws Exception {
    List<String> words = Collections.synchronizedList(new ArrayList<>());
    ASYNC
        .converseStream(
            r -> r.modelId("m").messages(say("one two three")),
            ConverseStreamResponseHandler.builder()
                .subscriber(
                    ConverseStreamResponseHandler.Visitor.builder()
                        .onContentBlockDelta(d -> words.add(d.delta().text()))
                        .build())
                .build())
        .get(20, TimeUnit.SECONDS);
    assertThat(words).containsExactly("one", "two", "three");
  }

  @Test
  void failsStreamsBeforeAndAfterTheyBegin() {
    for (String said : List.of("refuse", "a break")) {
      var handler = ConverseStreamResponseHandler.builder().subscriber(event -> {}).build();
      assertThatThrownBy(
              () -> ASYNC.converseStream(r -> r.modelId("m").messages(say(said)), handler).join())
          .hasCauseInstanceOf(ThrottlingException.class);
    }
  }

  @Test
  void stopsTheWorkOfAStreamThatNobodyReads() throws Exception {
    ASYNC.converseStream(
        r -> r.modelId("m").messages(say("forever")),
        ConverseStreamResponseHandler.builder()
            .onEventStream(publisher -> publisher.subscribe(new One()))
            .build());
    assertThat(ECHO.cancelled.await(20, TimeUnit.SECONDS)).isTrue();
  }

  /** Takes one event and leaves. */
  private static final class One implements Subscriber<ConverseStreamOutput> {
    private Subscription subscription;

    @Override
    public void onSubscribe(Subscription given) {
      subscription = given;
      given.request(1);
    }

    @Override
    public void onNext(ConverseStreamOutput event) {
      subscription.cancel();
    }

    @Override
    public void onError(Throwable error) {}

    @Override
    public void onComplete() {}
  }
}
