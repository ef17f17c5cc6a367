package dev.outcrop.protocoltests.aborted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outcrop.http.HttpServer;
import dev.outcrop.http.HttpSettings;
import dev.outcrop.wire.Capabilities;
import dev.outcrop.wire.Dispatcher;
import dev.outcrop.wire.EventSink;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.model.BedrockRuntimeException;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;

/**
 * Streams that cannot go on. The SDK's asynchronous client takes a connection or stream that is
 * broken off for the end of the answer, so an exception event has to come before.
 */
class BrokenStreamTest {
  private final Operations operations = new Operations();
  private HttpServer server;

  /** Sends one event and then does not go on. */
  public static final class Operations {
    final CountDownLatch begun = new CountDownLatch(1);

    public void converseStream(
        ConverseStreamRequest request, EventSink<ConverseStreamOutput> events)
        throws IOException, InterruptedException {
      events.send(ConverseStreamOutput.messageStartBuilder().role("assistant").build());
      begun.countDown();
      switch (request.modelId()) {
        case "broken" -> throw new IOException("the disk is gone");
        case "interrupted" -> quietly();
        default -> new CountDownLatch(1).await();
      }
    }

    /** As careless code does. */
    private static void quietly() {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @BeforeEach
  void start() throws IOException {
    server =
        HttpServer.start(
            HttpSettings.defaults().withStopWithin(Duration.ofMillis(100)),
            new Dispatcher(Capabilities.of(operations)));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static BedrockRuntimeException failure(Runnable call) {
    Throwable[] failure = new Throwable[1];
    assertThatThrownBy(call::run)
        .isInstanceOf(CompletionException.class)
        .satisfies(thrown -> failure[0] = thrown.getCause());
    assertThat(failure[0]).isInstanceOf(BedrockRuntimeException.class);
    return (BedrockRuntimeException) failure[0];
  }

  private void converse(Protocol protocol, String modelId) {
    try (var http = NettyNioAsyncHttpClient.builder().protocol(protocol).build();
        var models =
            BedrockRuntimeAsyncClient.builder()
                .httpClient(http)
                .endpointOverride(server.endpoint())
                .region(Region.EU_WEST_1)
                .credentialsProvider(
                    StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
                .overrideConfiguration(c -> c.retryStrategy(retry -> retry.maxAttempts(1)))
                .build()) {
      models
          .converseStream(
              c -> c.modelId(modelId),
              ConverseStreamResponseHandler.builder().subscriber(event -> {}).build())
          .join();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Protocol.class,
      names = {"HTTP1_1", "HTTP2"})
  void aCapabilityThatFailsIsAnError(Protocol protocol) {
    assertThat(failure(() -> converse(protocol, "broken")).awsErrorDetails().errorCode())
        .isEqualToIgnoringCase("InternalServerException");
  }

  @ParameterizedTest
  @EnumSource(
      value = Protocol.class,
      names = {"HTTP1_1", "HTTP2"})
  void aServerThatStopsIsAnError(Protocol protocol) {
    stopWhenBegun();
    assertThat(failure(() -> converse(protocol, "waiting")).awsErrorDetails().errorCode())
        .isEqualToIgnoringCase("ServiceUnavailableException");
  }

  @ParameterizedTest
  @EnumSource(
      value = Protocol.class,
      names = {"HTTP1_1", "HTTP2"})
  void alsoWhereTheInterruptIsSwallowed(Protocol protocol) {
    stopWhenBegun();
    assertThat(failure(() -> converse(protocol, "interrupted")).awsErrorDetails().errorCode())
        .isEqualToIgnoringCase("ServiceUnavailableException");
  }

  private void stopWhenBegun() {
    Thread.ofVirtual().start(this::awaitAndStop);
  }

  private void awaitAndStop() {
    try {
      operations.begun.await();
      server.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
