package dev.outcrop.models.bodies;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.NativeBody;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;

/**
 * A chat body that was read, put together from its parts.
 *
 * @param writer writes the answer in one piece
 * @param stream begins a streamed answer
 */
record ChatText(
    boolean raw,
    ConverseStreamRequest request,
    Function<ConverseResponse, ObjectNode> writer,
    Supplier<Chunks> stream)
    implements NativeBody.Chat {

  @Override
  public ObjectNode answer(ConverseResponse response) {
    return writer.apply(response);
  }

  @Override
  public Chunks chunks() {
    return stream.get();
  }
}
