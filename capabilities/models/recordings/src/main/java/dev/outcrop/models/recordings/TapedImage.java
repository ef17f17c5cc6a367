package dev.outcrop.models.recordings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.ImageModel;
import java.util.ArrayList;
import java.util.List;

/**
 * An image model on tape.
 *
 * @param live null when it is replayed
 */
record TapedImage(Tape tape, String model, ImageModel live) implements ImageModel {
  @Override
  public Answer generate(Request request) {
    JsonNode answer =
        tape.answer(
            Asked.of("generateImage", model, Sdk.MAPPER.valueToTree(request)),
            false,
            () -> json(live.generate(request)));
    List<byte[]> images = new ArrayList<>();
    answer.get("images").forEach(image -> images.add(Binary.bytes(image.textValue())));
    List<Long> seeds = new ArrayList<>();
    answer.get("seeds").forEach(seed -> seeds.add(seed.isNull() ? null : seed.longValue()));
    return new Answer(images, seeds);
  }

  private static JsonNode json(Answer answer) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode images = json.putArray("images");
    answer.images().forEach(image -> images.add(Binary.text(image)));
    ArrayNode seeds = json.putArray("seeds");
    answer.seeds().forEach(seeds::add);
    return json;
  }
}
