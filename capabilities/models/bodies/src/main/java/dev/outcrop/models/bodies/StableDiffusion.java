package dev.outcrop.models.bodies;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.ImageModel.Answer;
import dev.outcrop.models.ImageModel.Task;
import dev.outcrop.models.NativeBodies.Asked;
import dev.outcrop.models.NativeBody;
import dev.outcrop.models.RuntimeErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Stability AI's SDXL: weighted prompts, of which negative ones say what to avoid. Weights other
 * than 1 and -1 go to the provider, as {@code text_prompts}.
 */
final class StableDiffusion {

  private static final Set<String> KEYS =
      Set.of(
          "text_prompts",
          "height",
          "width",
          "cfg_scale",
          "clip_guidance_preset",
          "sampler",
          "samples",
          "seed",
          "steps",
          "style_preset",
          "extras",
          "init_image",
          "init_image_mode",
          "image_strength",
          "step_schedule_start",
          "step_schedule_end",
          "mask_source",
          "mask_image");
  private static final String[] OWN = {
    "clip_guidance_preset",
    "sampler",
    "steps",
    "style_preset",
    "extras",
    "init_image_mode",
    "image_strength",
    "step_schedule_start",
    "step_schedule_end"
  };

  private static final int MAX_SIDE = 4096;
  private static final long MAX_SEED = 4_294_967_295L;

  private StableDiffusion() {}

  static NativeBody read(Body body, Asked asked) {
    if (asked.streaming()) {
      throw RuntimeErrors.invalid("The model is unsupported for streaming.");
    }
    body.only(KEYS);
    body.integer("samples", 1, 1);
    body.integer("steps", 1, 500);
    body.number("image_strength", 0, 1);
    body.choice("init_image_mode", "IMAGE_STRENGTH", "STEP_SCHEDULE");
    ImageRequest request = new ImageRequest(task(body));
    prompts(body, request);
    mask(body, request);
    body.bytes("init_image").ifPresent(image -> request.images(List.of(image)));
    request
        .size(
            body.integer("width", 1, MAX_SIDE).orElse(null),
            body.integer("height", 1, MAX_SIDE).orElse(null))
        .guidance(body.number("cfg_scale", 0, 35).orElse(null))
        .seed(body.whole("seed", 0, MAX_SEED).orElse(null))
        .more(body, OWN);
    return new ImageBody(request.build(), StableDiffusion::answer);
  }

  private static Task task(Body body) {
    if (!body.has("init_image")) {
      return Task.TEXT_TO_IMAGE;
    }
    return body.has("mask_source") || body.has("mask_image") ? Task.INPAINT : Task.VARIATION;
  }

  private static void prompts(Body body, ImageRequest request) {
    List<String> wanted = new ArrayList<>();
    List<String> avoided = new ArrayList<>();
    List<Body> prompts =
        body.objects("text_prompts").orElseThrow(() -> body.missing("text_prompts"));
    boolean weighted = false;
    for (Body prompt : prompts) {
      double weight = prompt.only(Set.of("text", "weight")).number("weight", -10, 10).orElse(1.0);
      (weight < 0 ? avoided : wanted).add(prompt.requiredText("text"));
      weighted |= Math.abs(weight) != 1;
    }
    if (wanted.isEmpty()) {
      throw body.invalid("text_prompts", "expected a prompt with a positive weight");
    }
    request.prompt(
        String.join(", ", wanted), avoided.isEmpty() ? null : String.join(", ", avoided));
    if (weighted) {
      request.more(body, "text_prompts");
    }
  }

  private static void mask(Body body, ImageRequest request) {
    String source =
        body.choice("mask_source", "MASK_IMAGE_WHITE", "MASK_IMAGE_BLACK", "INIT_IMAGE_ALPHA")
            .orElse(null);
    if (source == null) {
      body.refuse("mask_image", "mask_source has to say what the mask means");
    } else if (!body.has("init_image")) {
      throw body.missing("init_image");
    } else if (source.equals("INIT_IMAGE_ALPHA")) {
      request.more(body, "mask_source");
    } else {
      byte[] mask = body.bytes("mask_image").orElseThrow(() -> body.missing("mask_image"));
      boolean white = source.equals("MASK_IMAGE_WHITE");
      request.mask(white ? Masks.inverted(body, "mask_image", mask) : mask);
    }
  }

  private static ObjectNode answer(Answer images) {
    ObjectNode answer = Body.JSON.createObjectNode().put("result", "success");
    ArrayNode artifacts = answer.putArray("artifacts");
    for (int i = 0; i < images.images().size(); i++) {
      ObjectNode artifact = artifacts.addObject();
      artifact.put("seed", StableImage.seed(images, i));
      artifact.put("base64", images.images().get(i)).put("finishReason", "SUCCESS");
    }
    return answer;
  }
}
