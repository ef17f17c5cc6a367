package dev.outcrop.models.bedrock;

import dev.outcrop.models.NativeModel;
import dev.outcrop.wire.EventSink;
import dev.outcrop.wire.EventSource;
import dev.outcrop.wire.ResponseHeaders;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelResponse;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithBidirectionalStreamInput;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithBidirectionalStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithBidirectionalStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamResponse;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.PayloadPart;
import software.amazon.awssdk.services.bedrockruntime.model.ResponseStream;

/** Native bodies, to real Bedrock and back as they are. */
record BedrockInvocations(Remote remote, String modelId) implements NativeModel {

  private static final String COUNTS = "x-amzn-bedrock-";

  /** What only the last chunk of a stream has, whatever the family of the model. */
  private static final String LAST = "\"amazon-bedrock-invocationMetrics\"";

  @Override
  public InvokeModelResponse invoke(InvokeModelRequest request) {
    InvokeModelRequest sent = request.toBuilder().modelId(modelId).build();
    InvokeModelResponse response = remote.call(client -> client.invokeModel(sent));
    counts(response.sdkHttpResponse());
    return response;
  }

  /** Token counts and latency, which are headers that the SDK has no members for. */
  private static void counts(SdkHttpResponse response) {
    response
        .headers()
        .forEach(
            (name, values) -> {
              String lower = name.toLowerCase(Locale.ROOT);
              if (lower.startsWith(COUNTS)
                  && (lower.endsWith("-count") || lower.endsWith("-latency"))) {
                ResponseHeaders.set(lower, values.getFirst());
              }
            });
  }

  @Override
  public void talk(
      InvokeModelWithBidirectionalStreamRequest request,
      EventSource<InvokeModelWithBidirectionalStreamInput> in,
      EventSink<InvokeModelWithBidirectionalStreamOutput> out) {
    remote.turn(
        () -> {
          new Dialogue(remote, in, out).talk(request.toBuilder().modelId(modelId).build());
          return null;
        });
  }

  @Override
  public void invoke(
      InvokeModelWithResponseStreamRequest request, EventSink<ResponseStream> events) {
    remote.turn(
        () -> {
          Stream<ResponseStream> stream = new Stream<>(remote);
          AtomicReference<InvokeModelWithResponseStreamResponse> head = new AtomicReference<>();
          InvokeModelWithResponseStreamRequest sent = request.toBuilder().modelId(modelId).build();
          var handler =
              InvokeModelWithResponseStreamResponseHandler.builder()
                  .onResponse(head::set)
                  .onEventStream(stream::attach)
                  .onError(stream::failed)
                  .build();
          AtomicReference<ResponseStream> last = new AtomicReference<>();
          stream.pass(
              remote.streaming().invokeModelWithResponseStream(sent, handler),
              event -> {
                InvokeModelWithResponseStreamResponse initial = head.getAndSet(null);
                if (initial != null) {
                  events.respond(initial);
                }
                last.set(event);
                events.send(event);
              });
          if (!(last.get() instanceof PayloadPart part)
              || !part.bytes().asUtf8String().contains(LAST)) {
            throw remote.errors().incomplete();
          }
          return null;
        });
  }
}
