package dev.outcrop.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outcrop.http.HttpServer;
import dev.outcrop.http.HttpSettings;
import dev.outcrop.wire.Capabilities;
import dev.outcrop.wire.Dispatcher;
import dev.outcrop.wire.EventSink;
import dev.outcrop.wire.EventSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscriber;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.async.SdkHttpContentPublisher;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.model.BidirectionalInputPayloadPart;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithBidirectionalStreamInput;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithBidirectionalStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithBidirectionalStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithBidirectionalStreamResponseHandler;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;

/** Streams of events that the SDK signs one by one. */
class SignedEventsTest {
  private final Echo echo = new Echo();
  private HttpServer server;

  /** Says what it hears. */
  public static final class Echo {
    final List<String> heard = new CopyOnWriteArrayList<>();

    public void invokeModelWithBidirectionalStream(
        InvokeModelWithBidirectionalStreamRequest request,
        EventSource<InvokeModelWithBidirectionalStreamInput> in,
        EventSink<InvokeModelWithBidirectionalStreamOutput> out)
        throws InterruptedException {
      InvokeModelWithBidirectionalStreamInput event;
      while ((event = in.next()) != null) {
        SdkBytes bytes = ((BidirectionalInputPayloadPart) event).bytes();
        heard.add(bytes.asUtf8String());
        out.send(InvokeModelWithBidirectionalStreamOutput.chunkBuilder().bytes(bytes).build());
      }
    }
  }

  @BeforeEach
  void start() throws IOException {
    Access access = new Access(TestKeys.both(), InstantSource.system());
    server =
        HttpServer.start(HttpSettings.defaults(), new Dispatcher(Capabilities.of(echo), access));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** Changes what is sent after it was signed. */
  private record Changing(SdkAsyncHttpClient client, UnaryOperator<ByteBuffer> change)
      implements SdkAsyncHttpClient {

    @Override
    public CompletableFuture<Void> execute(AsyncExecuteRequest request) {
      SdkHttpContentPublisher content = request.requestContentPublisher();
      return client.execute(
          AsyncExecuteRequest.builder()
              .request(request.request())
              .responseHandler(request.responseHandler())
              .fullDuplex(request.fullDuplex())
              .requestContentPublisher(
                  new SdkHttpContentPublisher() {
                    @Override
                    public Optional<Long> contentLength() {
                      return content.contentLength();
                    }

                    @Override
                    public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
                      SdkPublisher.adapt(content).map(change).subscribe(subscriber);
                    }
                  })
              .build());
    }

    @Override
    public void close() {
      client.close();
    }
  }

  private void say(UnaryOperator<ByteBuffer> change, String... texts) {
    SdkAsyncHttpClient http =
        new Changing(NettyNioAsyncHttpClient.builder().protocol(Protocol.HTTP2).build(), change);
    try (http;
        BedrockRuntimeAsyncClient models =
            BedrockRuntimeAsyncClient.builder()
                .httpClient(http)
                .endpointOverride(server.endpoint())
                .region(Region.EU_WEST_1)
                .credentialsProvider(
                    StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(TestKeys.ID, TestKeys.SECRET)))
                .overrideConfiguration(c -> c.retryStrategy(retry -> retry.maxAttempts(1)))
                .build()) {
      models
          .invokeModelWithBidirectionalStream(
              r -> r.modelId("m"),
              SdkPublisher.fromIterable(
                  List.of(texts).stream()
                      .map(SdkBytes::fromUtf8String)
                      .map(
                          bytes ->
                              (InvokeModelWithBidirectionalStreamInput)
                                  InvokeModelWithBidirectionalStreamInput.chunkBuilder()
                                      .bytes(bytes)
                                      .build())
                      .toList()),
              InvokeModelWithBidirectionalStreamResponseHandler.builder()
                  .subscriber(event -> {})
                  .build())
          .join();
    }
  }

  @Test
  void eventsThatTheSdkSignsAreTaken() {
    say(UnaryOperator.identity(), "one", "two", "three");
    assertThat(echo.heard).containsExactly("one", "two", "three");
  }

  @Test
  void anEventWithAnotherSignatureIsRefused() {
    assertThatThrownBy(() -> say(SignedEventsTest::forged, "one", "two", "three"))
        .hasMessageContaining("signature");
    assertThat(echo.heard).containsExactly("one");
  }

  /**
   * The second event gets the signature of another; what the frame's checksum says is made good.
   */
  private static ByteBuffer forged(ByteBuffer frame) {
    byte[] bytes = new byte[frame.remaining()];
    frame.duplicate().get(bytes);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    if (!text.contains("dHdv")) { // "two" in base64
      return frame;
    }
    Message message = Message.decode(ByteBuffer.wrap(bytes));
    var headers = new LinkedHashMap<>(message.getHeaders());
    byte[] signature = headers.get(":chunk-signature").getByteArray().clone();
    signature[0] ^= 1;
    headers.put(":chunk-signature", HeaderValue.fromByteArray(signature));
    return new Message(headers, message.getPayload()).toByteBuffer();
  }
}
