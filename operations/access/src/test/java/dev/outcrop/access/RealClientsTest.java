package dev.outcrop.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outcrop.config.Secret;
import dev.outcrop.http.HttpServer;
import dev.outcrop.http.HttpSettings;
import dev.outcrop.wire.Capabilities;
import dev.outcrop.wire.Dispatcher;
import dev.outcrop.wire.EventSink;
import dev.outcrop.wire.RequestContext;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataResponse;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.ListUsersRequest;
import software.amazon.awssdk.services.iam.model.ListUsersResponse;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** The SDK's own signers against the front door. */
class RealClientsTest {
  private static final AwsCredentials GOOD =
      AwsBasicCredentials.create(TestKeys.ID, TestKeys.SECRET);

  private final Operations operations = new Operations();
  private HttpServer server;

  /** Answers with who asked. */
  public static final class Operations {
    final List<String> keys = new CopyOnWriteArrayList<>();

    private void note() {
      keys.add(RequestContext.current().key() + " " + RequestContext.current().caller());
    }

    public ConverseResponse converse(ConverseRequest request) {
      note();
      return ConverseResponse.builder().stopReason("end_turn").build();
    }

    public void converseStream(
        ConverseStreamRequest request, EventSink<ConverseStreamOutput> events) {
      note();
      events.send(ConverseStreamOutput.messageStartBuilder().role("assistant").build());
    }

    public PutMetricDataResponse putMetricData(PutMetricDataRequest request) {
      note();
      assertThat(request.metricData()).hasSize(500);
      return PutMetricDataResponse.builder().build();
    }

    public ListUsersResponse listUsers(ListUsersRequest request) {
      note();
      return ListUsersResponse.builder().users(List.of()).isTruncated(false).build();
    }

    public PutObjectResponse putObject(PutObjectRequest request, InputStream body)
        throws IOException {
      note();
      return PutObjectResponse.builder().eTag("\"" + body.readAllBytes().length + "\"").build();
    }
  }

  @BeforeEach
  void start() throws IOException {
    Access access = new Access(TestKeys.both(), InstantSource.system());
    access.trust(new Secret("of-this-run"));
    server =
        HttpServer.start(
            HttpSettings.defaults(), new Dispatcher(Capabilities.of(operations), access));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private <B extends AwsClientBuilder<B, C>, C> C client(B builder, AwsCredentials credentials) {
    return builder
        .endpointOverride(server.endpoint())
        .region(Region.EU_WEST_1)
        .credentialsProvider(StaticCredentialsProvider.create(credentials))
        .overrideConfiguration(c -> c.retryStrategy(retry -> retry.maxAttempts(1)))
        .build();
  }

  private BedrockRuntimeClient models(AwsCredentials credentials) {
    return client(
        BedrockRuntimeClient.builder().httpClientBuilder(Apache5HttpClient.builder()), credentials);
  }

  private S3Client s3() {
    return client(
        S3Client.builder().forcePathStyle(true).httpClientBuilder(Apache5HttpClient.builder()),
        GOOD);
  }

  @Test
  void letsSignedRequestsIn() {
    try (var models = models(GOOD);
        var iam =
            client(IamClient.builder().httpClientBuilder(Apache5HttpClient.builder()), GOOD)) {
      models.converse(c -> c.modelId("anthropic.claude-3:0"));
      models.converse(
          c -> c.modelId("arn:aws:bedrock:eu-west-1::foundation-model/amazon.titan-text"));
      iam.listUsers();
    }
    assertThat(operations.keys)
        .hasSize(3)
        .containsOnly("team-a arn:aws:iam::000000000000:user/team-a");
  }

  @Test
  void letsTheInstallationsOwnCommandsIn() {
    try (var models = models(AwsBasicCredentials.create(Access.OWN, "of-this-run"))) {
      models.converse(c -> c.modelId("m"));
    }
    assertThat(operations.keys).containsExactly("outcrop arn:aws:iam::000000000000:user/outcrop");
  }

  @Test
  void letsStreamsIn() {
    try (var models = client(BedrockRuntimeAsyncClient.builder(), GOOD)) {
      models
          .converseStream(
              c -> c.modelId("m"),
              ConverseStreamResponseHandler.builder().subscriber(event -> {}).build())
          .join();
    }
    assertThat(operations.keys).hasSize(1);
  }

  @Test
  void checksCompressedBodiesAsTheyWereSent() {
    MetricDatum datum = MetricDatum.builder().metricName("a".repeat(200)).value(1.0).build();
    try (var cloudwatch =
        client(CloudWatchClient.builder().httpClientBuilder(Apache5HttpClient.builder()), GOOD)) {
      cloudwatch.putMetricData(
          p -> p.namespace("N").metricData(java.util.Collections.nCopies(500, datum)));
    }
    assertThat(operations.keys).hasSize(1);
  }

  @Test
  void letsUploadsInAndPresignedOnesUntilTheyExpire() throws Exception {
    String key = "a folder/ü+~ (1)//x.txt";
    try (var s3 = s3()) {
      String tag =
          s3.putObject(p -> p.bucket("b").key(key), RequestBody.fromString("hello")).eTag();
      assertThat(tag).isEqualTo("\"5\"");
    }
    try (var presigner =
            S3Presigner.builder()
                .endpointOverride(server.endpoint())
                .region(Region.EU_WEST_1)
                .serviceConfiguration(
                    S3Configuration.builder().pathStyleAccessEnabled(true).build())
                .credentialsProvider(StaticCredentialsProvider.create(GOOD))
                .build();
        var http = HttpClient.newHttpClient()) {
      var presigned =
          presigner.presignPutObject(
              p ->
                  p.signatureDuration(Duration.ofMinutes(5))
                      .putObjectRequest(o -> o.bucket("b").key(key)));
      URI uri = presigned.url().toURI();
      HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.ofString("hello");
      assertThat(status(http, uri, body)).isEqualTo(200);
      URI other = URI.create(uri.toString().replace("/b/", "/c/"));
      assertThat(status(http, other, body)).isEqualTo(403);
      URI longer = URI.create(uri.toString().replace("X-Amz-Expires=300", "X-Amz-Expires=3000"));
      assertThat(status(http, longer, body)).isEqualTo(403);
    }
    assertThat(operations.keys).hasSize(2);
  }

  private static int status(HttpClient http, URI uri, HttpRequest.BodyPublisher body)
      throws Exception {
    HttpRequest request = HttpRequest.newBuilder(uri).PUT(body).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
  }

  @Test
  void letsBearerTokensIn() {
    try (var models = bearer(TestKeys.TOKEN);
        var wrong = bearer("sk-nobody-0123456789abcdef")) {
      models.converse(c -> c.modelId("m"));
      assertThatThrownBy(() -> wrong.converse(c -> c.modelId("m")))
          .isInstanceOfSatisfying(
              AwsServiceException.class, e -> assertError(e, "AccessDeniedException"));
    }
    assertThat(operations.keys).containsExactly("team-b arn:aws:iam::000000000000:user/team-b");
  }

  private BedrockRuntimeClient bearer(String token) {
    return BedrockRuntimeClient.builder()
        .httpClientBuilder(Apache5HttpClient.builder())
        .endpointOverride(server.endpoint())
        .region(Region.EU_WEST_1)
        .tokenProvider(() -> new FixedToken(token))
        .authSchemeProvider(
            params ->
                List.of(
                    software.amazon.awssdk.http.auth.spi.scheme.AuthSchemeOption.builder()
                        .schemeId("smithy.api#httpBearerAuth")
                        .build()))
        .build();
  }

  private record FixedToken(String token)
      implements software.amazon.awssdk.auth.token.credentials.SdkToken {
    @Override
    public java.util.Optional<java.time.Instant> expirationTime() {
      return java.util.Optional.empty();
    }
  }

  @Test
  void refusesAsAwsDoes() {
    AwsCredentials unknown = AwsBasicCredentials.create("AKIDOTHER", TestKeys.SECRET);
    AwsCredentials wrong = AwsBasicCredentials.create(TestKeys.ID, "wrong");
    AwsCredentials session = AwsSessionCredentials.create(TestKeys.ID, TestKeys.SECRET, "token");
    Map.of(
            unknown, "UnrecognizedClientException",
            wrong, "InvalidSignatureException",
            session, "UnrecognizedClientException")
        .forEach(
            (credentials, code) -> {
              try (var models = models(credentials)) {
                assertThatThrownBy(() -> models.converse(c -> c.modelId("m")))
                    .isInstanceOfSatisfying(AwsServiceException.class, e -> assertError(e, code));
              }
            });
    assertThat(operations.keys).isEmpty();
  }

  private static void assertError(AwsServiceException error, String code) {
    assertThat(error.awsErrorDetails().errorCode()).isEqualTo(code);
    assertThat(error.statusCode()).isEqualTo(403);
  }
}
