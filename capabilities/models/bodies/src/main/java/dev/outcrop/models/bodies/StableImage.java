package dev.outcrop.models.bodies;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.ImageModel.Answer;
import dev.outcrop.models.ImageModel.Task;
import dev.outcrop.models.NativeBodies.Asked;
import dev.outcrop.models.NativeBody;
import dev.outcrop.models.RuntimeErrors;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Stability AI's newer models: SD3, Stable Image Core and Ultra, and of the editing services those
 * that other image models have too.
 */
final class StableImage {

  /** Sizes of about one megapixel, as these models make them. */
  private static final Map<String, int[]> SIZES =
      Map.of(
          "1:1", new int[] {1024, 1024},
          "16:9", new int[] {1344, 768},
          "21:9", new int[] {1536, 640},
          "2:3", new int[] {832, 1216},
          "3:2", new int[] {1216, 832},
          "4:5", new int[] {896, 1088},
          "5:4", new int[] {1088, 896},
          "9:16", new int[] {768, 1344},
          "9:21", new int[] {640, 1536});

  private static final Set<String> COMMON =
      Set.of("prompt", "negative_prompt", "seed", "output_format", "style_preset");
  private static final Set<String> MAKE =
      Set.of("mode", "aspect_ratio", "image", "strength", "cfg_scale");
  private static final Set<String> INPAINT = Set.of("image", "mask", "grow_mask");
  private static final Set<String> OUTPAINT =
      Set.of("image", "left", "right", "up", "down", "creativity");
  private static final Set<String> UPSCALE = Set.of("image", "creativity");
  private static final Set<String> REMOVE = Set.of("image");

  private static final long MAX_SEED = 4_294_967_294L;

  private StableImage() {}

  static NativeBody read(Body sent, Asked asked) {
    if (asked.streaming()) {
      throw RuntimeErrors.invalid("The model is unsupported for streaming.");
    }
    Body body = sent.withoutNulls();
    return switch (service(asked.modelId())) {
      case "inpaint" -> edit(body, Task.INPAINT, INPAINT);
      case "outpaint" -> edit(body, Task.OUTPAINT, OUTPAINT);
      case "remove-background" -> edit(body, Task.REMOVE_BACKGROUND, REMOVE);
      case "upscale" -> edit(body, Task.UPSCALE, UPSCALE);
      case "make" -> make(body);
      default ->
          throw RuntimeErrors.invalid(
              "The model " + asked.modelId() + " edits images in a way that no other model has.");
    };
  }

  private static String service(String id) {
    if (id.contains("inpaint")) {
      return "inpaint";
    } else if (id.contains("outpaint")) {
      return "outpaint";
    } else if (id.contains("remove-background")) {
      return "remove-background";
    } else if (id.contains("upscale")) {
      return "upscale";
    }
    boolean other =
        id.matches("stability\\..*(search|erase|control|style|recolor|transfer|object).*");
    return other ? "other" : "make";
  }

  private static NativeBody make(Body body) {
    only(body, MAKE);
    boolean fromImage =
        body.choice("mode", "text-to-image", "image-to-image")
            .map("image-to-image"::equals)
            .orElse(body.has("image"));
    ImageRequest request = new ImageRequest(fromImage ? Task.VARIATION : Task.TEXT_TO_IMAGE);
    if (fromImage) {
      request.images(List.of(image(body)));
      body.refuse("aspect_ratio", "an image made from another has its size");
      body.number("strength", 0, 1);
    } else {
      body.refuse("image", "the mode is text-to-image");
      body.refuse("strength", "the mode is text-to-image");
      String ratio = body.choice("aspect_ratio", ratios()).orElse("1:1");
      request.size(SIZES.get(ratio)[0], SIZES.get(ratio)[1]);
    }
    request.guidance(body.number("cfg_scale", 1, 10).orElse(null)).more(body, "strength");
    body.prompt("prompt");
    return common(body, request);
  }

  private static String[] ratios() {
    return SIZES.keySet().stream().sorted().toArray(String[]::new);
  }

  private static NativeBody edit(Body body, Task task, Set<String> keys) {
    only(body, keys);
    ImageRequest request = new ImageRequest(task).images(List.of(image(body)));
    if (task == Task.INPAINT) {
      body.prompt("prompt");
    }
    // White is changed here.
    body.bytes("mask").ifPresent(mask -> request.mask(Masks.inverted(body, "mask", mask)));
    request.more(body, "grow_mask", "left", "right", "up", "down", "creativity");
    return common(body, request);
  }

  private static void only(Body body, Set<String> keys) {
    Set<String> all = new HashSet<>(COMMON);
    all.addAll(keys);
    body.only(all);
  }

  private static byte[] image(Body body) {
    return body.bytes("image").orElseThrow(() -> body.missing("image"));
  }

  private static NativeBody common(Body body, ImageRequest request) {
    request
        .prompt(body.text("prompt").orElse(null), body.text("negative_prompt").orElse(null))
        .seed(body.whole("seed", 0, MAX_SEED).filter(seed -> seed != 0).orElse(null))
        .format(body.choice("output_format", "png", "jpeg", "webp").orElse("png"))
        .more(body, "style_preset");
    return new ImageBody(request.build(), StableImage::answer);
  }

  private static ObjectNode answer(Answer images) {
    ObjectNode answer = Body.JSON.createObjectNode();
    ArrayNode seeds = answer.putArray("seeds");
    ArrayNode reasons = answer.putArray("finish_reasons");
    ArrayNode array = answer.putArray("images");
    for (int i = 0; i < images.images().size(); i++) {
      seeds.add(seed(images, i));
      reasons.addNull();
      array.add(images.images().get(i));
    }
    return answer;
  }

  /** The seed of an image; null where the model doesn't say it. */
  static Long seed(Answer images, int index) {
    return images.seeds() == null || index >= images.seeds().size()
        ? null
        : images.seeds().get(index);
  }
}
