package dev.outcrop.models.compatible;

import dev.outcrop.models.Inference;
import dev.outcrop.wire.EventSink;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;

/** Conversations as calls of Converse and ConverseStream. */
record Chats(Inference inference) {

  ConverseResponse whole(ApiRequest request, ConverseStreamRequest asked) throws Exception {
    ConverseRequest converse = inOnePiece(asked);
    return request.around(converse, () -> inference.converse(converse));
  }

  void stream(
      ApiRequest request, ConverseStreamRequest asked, EventSink<ConverseStreamOutput> events)
      throws Exception {
    request.around(
        asked,
        () -> {
          inference.converseStream(asked, events);
          return null;
        });
  }

  private static ConverseRequest inOnePiece(ConverseStreamRequest r) {
    return ConverseRequest.builder()
        .modelId(r.modelId())
        .messages(r.messages())
        .system(r.hasSystem() ? r.system() : null)
        .inferenceConfig(r.inferenceConfig())
        .toolConfig(r.toolConfig())
        .additionalModelRequestFields(r.additionalModelRequestFields())
        .requestMetadata(r.hasRequestMetadata() ? r.requestMetadata() : null)
        .outputConfig(r.outputConfig())
        .build();
  }
}
