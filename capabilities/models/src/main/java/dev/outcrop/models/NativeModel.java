package dev.outcrop.models;

import dev.outcrop.wire.EventSink;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelResponse;
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
}
