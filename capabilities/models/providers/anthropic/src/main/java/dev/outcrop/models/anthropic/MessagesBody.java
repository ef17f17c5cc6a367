package dev.outcrop.models.anthropic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.NativeBody;
import java.util.List;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;

/** A Messages body: an answer in one piece is a message, a streamed one Anthropic's events. */
record MessagesBody(ConverseStreamRequest request, MessageHead head) implements NativeBody.Chat {

  /**
   * @param request as it was read
   * @param prefix of message ids
   * @param model what to call the model in the answer
   */
  static MessagesBody of(ConverseStreamRequest request, String prefix, String model) {
    List<String> stops = request.inferenceConfig().stopSequences();
    return new MessagesBody(
        stops.size() < 2 ? request : telling(request), new MessageHead(prefix, model, stops));
  }

  /** Which one of several stop sequences it was only the provider can tell. */
  private static ConverseStreamRequest telling(ConverseStreamRequest request) {
    return request.toBuilder()
        .additionalModelResponseFieldPaths("/stop_sequence", "/stop_details")
        .build();
  }

  @Override
  public boolean raw() {
    return false;
  }

  @Override
  public ObjectNode answer(ConverseResponse response) {
    return head.of(response);
  }

  @Override
  public Chunks chunks() {
    return new MessageChunks(head);
  }
}
