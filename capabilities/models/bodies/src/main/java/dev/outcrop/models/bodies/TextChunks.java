package dev.outcrop.models.bodies;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.NativeBody;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDeltaEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamMetadataEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.MessageStopEvent;
import software.amazon.awssdk.services.bedrockruntime.model.TokenUsage;

/** The chunks of bodies that know nothing but text: one for a piece of it, and one for the end. */
final class TextChunks implements NativeBody.Chunks {

  private final Function<String, ObjectNode> piece;
  private final BiFunction<String, TokenUsage, ObjectNode> end;
  private String stopReason;

  /**
   * @param piece the chunk of a piece of text; null for none
   * @param end the last chunk, of the stop reason and the usage
   */
  TextChunks(Function<String, ObjectNode> piece, BiFunction<String, TokenUsage, ObjectNode> end) {
    this.piece = piece;
    this.end = end;
  }

  @Override
  public List<ObjectNode> of(ConverseStreamOutput event) {
    return switch (event) {
      case ContentBlockDeltaEvent delta when delta.delta().text() != null ->
          Optional.ofNullable(piece.apply(delta.delta().text())).stream().toList();
      case MessageStopEvent stop -> {
        stopReason = stop.stopReasonAsString();
        yield List.of();
      }
      case ConverseStreamMetadataEvent last -> List.of(end.apply(stopReason, last.usage()));
      // Starts, stops and a model's thinking have no place in these bodies.
      default -> List.of();
    };
  }
}
