package dev.outcrop.models;

import dev.outcrop.wire.EventSink;
import dev.outcrop.wire.EventSource;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelResponse;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithBidirectionalStreamInput;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithBidirectionalStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithBidirectionalStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ResponseStream;

/**
 * A model that takes its family's own body as it was sent: one behind real Bedrock. Others get the
 * body translated.
 */
public interface NativeModel {

  /** The answer, token counts in the headers that Bedrock gives them. */
  InvokeModelResponse invoke(InvokeModelRequest request);

  /** The answer as it is written. */
  void invoke(InvokeModelWithResponseStreamRequest request, EventSink<ResponseStream> events);

  /**
   * A dialogue: what the client says is read and what the model says is sent at the same time,
   * event by event. Blocks until the model has ended it. What fails before the first event of
   * either side is best told before anything is read, since reading begins the client's response.
   *
   * @param in may be read by another thread, one at a time, not after this returns
   * @throws software.amazon.awssdk.services.bedrockruntime.model.ValidationException when the model
   *     holds no dialogues
   */
  default void talk(
      InvokeModelWithBidirectionalStreamRequest request,
      EventSource<InvokeModelWithBidirectionalStreamInput> in,
      EventSink<InvokeModelWithBidirectionalStreamOutput> out) {
    throw RuntimeErrors.notBothWays();
  }
}
