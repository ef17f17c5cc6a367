package dev.outcrop.models.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.ImageModel;
import dev.outcrop.models.RuntimeErrors;
import dev.outcrop.models.upstream.Failure;
import dev.outcrop.models.upstream.Failure.Kind;
import dev.outcrop.models.upstream.Upstream;
import dev.outcrop.models.upstream.UpstreamRequest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** An image model behind {@code /images/generations} and {@code /images/edits}. */
final class OpenAiImageModel implements ImageModel {

  private final Upstream upstream;
  private final ImageOptions options;

  OpenAiImageModel(Upstream upstream, ImageOptions options) {
    this.upstream = upstream;
    this.options = options;
  }

  @Override
  public Answer generate(Request request) {
    ObjectNode fields = fields(request);
    UpstreamRequest upstreamRequest =
        switch (request.task()) {
          case TEXT_TO_IMAGE ->
              UpstreamRequest.json("/images/generations", Json.bytes(fields), options.model());
          case VARIATION, INPAINT, OUTPAINT -> edit(request, fields);
          case REMOVE_BACKGROUND, UPSCALE ->
              throw RuntimeErrors.invalid(
                  "This model doesn't support the task " + request.task() + ".");
        };
    JsonNode answer = upstream.json(upstreamRequest);
    try {
      List<byte[]> images = images(answer);
      return new Answer(images, Collections.nCopies(images.size(), request.seed()));
    } catch (Failure failure) {
      throw upstream.exception(failure);
    }
  }

  private ObjectNode fields(Request request) {
    ObjectNode fields = Json.object().put("model", options.model());
    if (request.prompt() == null || request.prompt().isBlank()) {
      throw RuntimeErrors.invalid("This model needs a text prompt.");
    }
    fields.put("prompt", request.prompt()).put("n", request.count());
    if (request.width() != null && request.height() != null) {
      fields.put("size", request.width() + "x" + request.height());
    } else if (request.width() != null || request.height() != null) {
      throw RuntimeErrors.invalid("Give both width and height, or neither.");
    }
    if (request.quality() != null) {
      fields.put("quality", quality(request.quality()));
    }
    format(request.format(), fields);
    more(request, fields);
    if (request.more() instanceof ObjectNode more) {
      fields.setAll(more);
    }
    Json.lay(options.extraBody(), fields);
    return fields;
  }

  private void format(String format, ObjectNode fields) {
    if (options.formats()) {
      if (format != null) {
        fields.put("output_format", format);
      }
      return;
    }
    fields.put("response_format", "b64_json");
    if (format != null && !format.equals("png")) {
      throw RuntimeErrors.invalid("This model makes PNG images only, not " + format + ".");
    }
  }

  /** Amazon's words for what OpenAI has its own. */
  private String quality(String quality) {
    return switch (quality) {
      case "premium" -> options.formats() ? "high" : "hd";
      case "standard" -> options.formats() ? "medium" : "standard";
      default -> quality;
    };
  }

  private void more(Request request, ObjectNode fields) {
    if (request.avoid() != null) {
      fields.put(known("negative prompt", "negative_prompt"), request.avoid());
    }
    if (request.guidance() != null) {
      fields.put(known("guidance (cfgScale)", "guidance_scale"), request.guidance());
    }
    if (request.seed() != null) {
      fields.put(known("seed", "seed"), request.seed());
    }
  }

  private String known(String what, String field) {
    if (!options.moreFields()) {
      throw RuntimeErrors.invalid(
          "This model doesn't support a " + what + ". Remove it and try again.");
    }
    return field;
  }

  private UpstreamRequest edit(Request request, ObjectNode fields) {
    if (request.images().isEmpty()) {
      throw RuntimeErrors.invalid("The task " + request.task() + " needs an image.");
    }
    Multipart body = new Multipart();
    fields.properties().forEach(field -> body.field(field.getKey(), field.getValue().asText()));
    String name = request.images().size() == 1 ? "image" : "image[]";
    for (byte[] image : request.images()) {
      String kind = Masks.kind(image);
      body.file(name, "image." + kind, "image/" + kind, image);
    }
    if (request.mask() != null) {
      body.file("mask", "mask.png", "image/png", Masks.transparent(request.mask()));
    }
    return new UpstreamRequest(
        "POST", "/images/edits", body.contentType(), body.end(), Map.of(), options.model());
  }

  private static List<byte[]> images(JsonNode answer) {
    List<byte[]> images = new ArrayList<>();
    for (JsonNode image : answer.path("data")) {
      if (!image.path("b64_json").isTextual()) {
        throw new Failure(Kind.BROKEN, 0, "it answered an address instead of an image");
      }
      try {
        images.add(Base64.getDecoder().decode(image.get("b64_json").textValue()));
      } catch (IllegalArgumentException e) {
        throw new Failure(Kind.BROKEN, "it answered an image that is no base64", e);
      }
    }
    if (images.isEmpty()) {
      throw new Failure(Kind.BROKEN, 0, "it answered no images");
    }
    return images;
  }
}
