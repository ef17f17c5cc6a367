package dev.outcrop.models.bedrock;

import dev.outcrop.wire.EventSink;
import dev.outcrop.wire.EventSource;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.model.BidirectionalOutputPayloadPart;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithBidirectionalStreamInput;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithBidirectionalStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithBidirectionalStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithBidirectionalStreamResponseHandler;

/**
 * A dialogue with real Bedrock, over HTTP/2. The thread of the call passes on what Bedrock says;
 * another reads what the client says, when Bedrock has room for it.
 *
 * <p>It is over when the client has said all, or when the last that Bedrock said was that an answer
 * or the session is. Any other end is a broken connection.
 */
final class Dialogue {

  private static final List<String> ENDS = List.of("\"completionEnd\"", "\"sessionEnd\"");

  /** Comes at any time, after an end too. */
  private static final String USAGE = "\"usageEvent\"";

  /** An event says its name at once. */
  private static final int HEAD = 64;

  private final Remote remote;
  private final EventSource<InvokeModelWithBidirectionalStreamInput> in;
  private final EventSink<InvokeModelWithBidirectionalStreamOutput> out;
  private boolean complete;

  Dialogue(
      Remote remote,
      EventSource<InvokeModelWithBidirectionalStreamInput> in,
      EventSink<InvokeModelWithBidirectionalStreamOutput> out) {
    this.remote = remote;
    this.in = in;
    this.out = out;
  }

  /** Holds it to its end. */
  void talk(InvokeModelWithBidirectionalStreamRequest request) {
    Stream<InvokeModelWithBidirectionalStreamOutput> stream = new Stream<>(remote);
    try (Listening listening = new Listening(in, stream::alive)) {
      var handler =
          InvokeModelWithBidirectionalStreamResponseHandler.builder()
              .onResponse(head -> listening.answered())
              .onEventStream(stream::attach)
              .onError(stream::failed)
              .build();
      CompletableFuture<Void> call =
          remote.talking().invokeModelWithBidirectionalStream(request, listening, handler);
      listening.onFailure(call::completeExceptionally);
      stream.pass(
          call,
          event -> {
            note(event);
            out.send(event);
          });
      if (!complete && !listening.ended()) {
        throw remote.errors().incomplete();
      }
    }
  }

  private void note(InvokeModelWithBidirectionalStreamOutput event) {
    if (event instanceof BidirectionalOutputPayloadPart part && part.bytes() != null) {
      String head = head(part.bytes());
      if (!head.contains(USAGE)) {
        complete = ENDS.stream().anyMatch(head::contains);
      }
    }
  }

  private static String head(SdkBytes event) {
    byte[] bytes = event.asByteArrayUnsafe();
    return new String(bytes, 0, Math.min(bytes.length, HEAD), StandardCharsets.UTF_8);
  }
}
