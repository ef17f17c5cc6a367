package dev.outcrop.models.bodies;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.ImageModel.Request;
import dev.outcrop.models.ImageModel.Task;
import java.util.List;

/** An image request as it is put together; null is not said. */
final class ImageRequest {

  private final Task task;
  private final ObjectNode more = Body.JSON.createObjectNode();
  private String prompt;
  private String avoid;
  private int count = 1;
  private Integer width;
  private Integer height;
  private Double guidance;
  private Long seed;
  private String quality;
  private String format;
  private List<byte[]> images = List.of();
  private byte[] mask;

  ImageRequest(Task task) {
    this.task = task;
  }

  ImageRequest prompt(String wanted, String avoided) {
    this.prompt = wanted;
    this.avoid = avoided;
    return this;
  }

  ImageRequest count(int images) {
    this.count = images;
    return this;
  }

  ImageRequest size(Integer pixelsWide, Integer pixelsHigh) {
    this.width = pixelsWide;
    this.height = pixelsHigh;
    return this;
  }

  ImageRequest guidance(Double scale) {
    this.guidance = scale;
    return this;
  }

  ImageRequest seed(Long number) {
    this.seed = number;
    return this;
  }

  ImageRequest quality(String name) {
    this.quality = name;
    return this;
  }

  ImageRequest format(String name) {
    this.format = name;
    return this;
  }

  ImageRequest images(List<byte[]> encoded) {
    this.images = encoded;
    return this;
  }

  /**
   * @param encoded black is changed
   */
  ImageRequest mask(byte[] encoded) {
    this.mask = encoded;
    return this;
  }

  /** A field that only one vendor has. */
  ImageRequest more(String name, JsonNode value) {
    more.set(name, value);
    return this;
  }

  /** Fields that only one vendor has, as the body says them. */
  ImageRequest more(Body body, String... names) {
    for (String name : names) {
      body.json(name).ifPresent(value -> more.set(name, value));
    }
    return this;
  }

  Request build() {
    return new Request(
        task,
        prompt,
        avoid,
        count,
        width,
        height,
        guidance,
        seed,
        quality,
        format,
        images,
        mask,
        more.isEmpty() ? null : more);
  }
}
