package dev.outcrop.models.bodies;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.ImageModel.Answer;
import dev.outcrop.models.ImageModel.Task;
import dev.outcrop.models.NativeBodies.Asked;
import dev.outcrop.models.NativeBody;
import dev.outcrop.models.RuntimeErrors;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Amazon Titan Image Generator and Nova Canvas: a task, its parameters, and the settings all tasks
 * share. What only these have (a condition image, colors, a mask in words) goes to the provider
 * under its own name.
 */
final class TitanImage {

  /** A task's name, the key of its parameters, and the keys that these may have. */
  private record Form(Task task, String key, Set<String> keys) {}

  private static final Map<String, Form> FORMS =
      Map.of(
          "TEXT_IMAGE",
          form(
              Task.TEXT_TO_IMAGE,
              "textToImageParams",
              "text negativeText conditionImage controlMode controlStrength style"),
          "INPAINTING",
          form(
              Task.INPAINT,
              "inPaintingParams",
              "text negativeText image maskPrompt maskImage returnMask"),
          "OUTPAINTING",
          form(
              Task.OUTPAINT,
              "outPaintingParams",
              "text negativeText image maskPrompt maskImage outPaintingMode returnMask"),
          "IMAGE_VARIATION",
          form(
              Task.VARIATION,
              "imageVariationParams",
              "text negativeText images similarityStrength"),
          "COLOR_GUIDED_GENERATION",
          form(
              Task.TEXT_TO_IMAGE,
              "colorGuidedGenerationParams",
              "text negativeText referenceImage colors"),
          "BACKGROUND_REMOVAL",
          form(Task.REMOVE_BACKGROUND, "backgroundRemovalParams", "image"));

  private static final Set<String> CONFIG =
      Set.of("numberOfImages", "width", "height", "cfgScale", "seed", "quality");

  /** Limits of the API. */
  private static final int MAX_IMAGES = 5;

  private static final int MAX_SIDE = 4096;
  private static final long MAX_SEED = 2_147_483_646;

  private TitanImage() {}

  private static Form form(Task task, String key, String keys) {
    return new Form(task, key, Set.of(keys.split(" ")));
  }

  static NativeBody read(Body body, Asked asked) {
    if (asked.streaming()) {
      throw RuntimeErrors.invalid("The model is unsupported for streaming.");
    }
    String type =
        body.choice("taskType", FORMS.keySet().stream().sorted().toArray(String[]::new))
            .orElseThrow(() -> body.missing("taskType"));
    Form form = FORMS.get(type);
    body.only(Set.of("taskType", form.key, "imageGenerationConfig"));
    Body task = body.object(form.key).orElseThrow(() -> body.missing(form.key)).only(form.keys);
    ImageRequest request =
        new ImageRequest(form.task)
            .prompt(prompt(form.task, task), task.text("negativeText").orElse(null));
    images(form.task, task, request);
    if (task.bool("returnMask").orElse(false)) {
      throw task.unsupported("returnMask", "the mask in words is the provider's own");
    }
    task.choice("controlMode", "CANNY_EDGE", "SEGMENTATION");
    task.choice("outPaintingMode", "DEFAULT", "PRECISE");
    task.number("controlStrength", 0, 1);
    task.number("similarityStrength", 0, 1);
    task.texts("colors");
    request.more(
        task,
        "conditionImage",
        "controlMode",
        "controlStrength",
        "style",
        "maskPrompt",
        "outPaintingMode",
        "similarityStrength",
        "colors");
    body.object("imageGenerationConfig").ifPresent(config -> configure(config, request));
    return new ImageBody(request.build(), TitanImage::answer);
  }

  private static String prompt(Task kind, Body task) {
    boolean needed = kind == Task.TEXT_TO_IMAGE || kind == Task.OUTPAINT;
    return needed ? task.prompt("text") : task.text("text").orElse(null);
  }

  private static void images(Task kind, Body task, ImageRequest request) {
    switch (kind) {
      case INPAINT, OUTPAINT -> {
        request.images(List.of(image(task, "image")));
        if (task.has("maskPrompt") == task.has("maskImage")) {
          throw task.invalid("maskImage", "expected one of maskPrompt and maskImage");
        }
        // Black is inside the mask; painting out changes what is outside.
        task.bytes("maskImage")
            .map(mask -> kind == Task.INPAINT ? mask : Masks.inverted(task, "maskImage", mask))
            .ifPresent(request::mask);
      }
      case REMOVE_BACKGROUND -> request.images(List.of(image(task, "image")));
      case VARIATION ->
          request.images(task.bytesList("images").orElseThrow(() -> task.missing("images")));
      default -> task.bytes("referenceImage").ifPresent(image -> request.images(List.of(image)));
    }
  }

  private static byte[] image(Body task, String key) {
    return task.bytes(key).orElseThrow(() -> task.missing(key));
  }

  private static void configure(Body config, ImageRequest request) {
    config.only(CONFIG);
    request
        .count(config.integer("numberOfImages", 1, MAX_IMAGES).orElse(1))
        .size(
            config.integer("width", 1, MAX_SIDE).orElse(null),
            config.integer("height", 1, MAX_SIDE).orElse(null))
        .guidance(config.number("cfgScale", 1, 10).orElse(null))
        .seed(config.whole("seed", 0, MAX_SEED).orElse(null))
        .quality(config.choice("quality", "standard", "premium").orElse(null));
  }

  private static ObjectNode answer(Answer images) {
    ObjectNode answer = Body.JSON.createObjectNode();
    ArrayNode array = answer.putArray("images");
    images.images().forEach(array::add); // Binary nodes, which are written as base64.
    return answer.putNull("error");
  }
}
