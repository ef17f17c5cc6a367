package dev.outcrop.models.bodies;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.ImageModel;
import dev.outcrop.models.NativeBody;
import java.util.function.Function;

/** An image body that was read, put together from its parts. */
record ImageBody(ImageModel.Request request, Function<ImageModel.Answer, ObjectNode> writer)
    implements NativeBody.Image {

  @Override
  public ObjectNode answer(ImageModel.Answer images) {
    return writer.apply(images);
  }
}
