package dev.outcrop.models.bedrock;

import dev.outcrop.wire.EventSink;
import dev.outcrop.wire.EventSource;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithBidirectionalStreamInput;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithBidirectionalStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithBidirectionalStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithBidirectionalStreamResponseHandler;

/**
 * A dialogue with real Bedrock, over HTTP/2. The thread of the call passes on what Bedrock says;
 * another reads what the client says, when Bedrock has room for it.
 */
final class Dialogue {

  private final Remote remote;
  private final EventSource<InvokeModelWithBidirectionalStreamInput> in;
  private final EventSink<InvokeModelWithBidirectionalStreamOutput> out;

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
      stream.pass(call, out::send);
    }
  }
}
