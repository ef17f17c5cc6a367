package dev.outcrop.models.bodies;

import dev.outcrop.models.EmbeddingModel.Input;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What Cohere Embed is to embed: one of {@code texts}, {@code images} and {@code inputs}. */
final class CohereInputs {

  private CohereInputs() {}

  static List<Input> read(Body body) {
    List<Input> inputs = new ArrayList<>();
    int said = 0;
    for (String key : List.of("texts", "images", "inputs")) {
      said += body.has(key) ? 1 : 0;
    }
    if (said != 1) {
      throw Body.malformed("expected one of the keys texts, images and inputs, found: " + said);
    }
    body.texts("texts")
        .ifPresent(texts -> texts.forEach(text -> inputs.add(new Input(text, null))));
    body.texts("images")
        .ifPresent(images -> images.forEach(url -> inputs.add(new Input(null, image(body, url)))));
    for (Body input : body.objects("inputs").orElse(List.of())) {
      inputs.add(mixed(input));
    }
    return inputs;
  }

  private static byte[] image(Body body, String url) {
    return DataUrl.parse(url)
        .orElseThrow(
            () -> body.invalid("images", "expected data URLs with base64: data:image/png;base64,…"))
        .bytes();
  }

  private static Input mixed(Body input) {
    StringBuilder text = new StringBuilder();
    byte[] image = null;
    for (Body part :
        input
            .only(Set.of("content"))
            .objects("content")
            .orElseThrow(() -> input.missing("content"))) {
      if (part.choice("type", "text", "image_url").orElse("text").equals("text")) {
        text.append(text.isEmpty() ? "" : "\n");
        text.append(part.only(Set.of("type", "text")).requiredText("text"));
      } else if (image == null) {
        Body url =
            part.only(Set.of("type", "image_url"))
                .object("image_url")
                .orElseThrow(() -> part.missing("image_url"));
        image = DataUrl.read(url.only(Set.of("url")), "url").bytes();
      } else {
        throw part.unsupported("image_url", "an input has one image at most");
      }
    }
    if (text.isEmpty() && image == null) {
      throw input.missing("content");
    }
    return new Input(text.isEmpty() ? null : text.toString(), image);
  }
}
