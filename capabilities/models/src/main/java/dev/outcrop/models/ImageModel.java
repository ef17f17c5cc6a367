package dev.outcrop.models;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** A model that makes or changes images. */
public interface ImageModel {

  /** What is to be done. */
  enum Task {
    TEXT_TO_IMAGE,
    VARIATION,
    INPAINT,
    OUTPAINT,
    REMOVE_BACKGROUND,
    UPSCALE
  }

  /**
   * A request of one form, whatever body the client sent. Null is not said.
   *
   * @param prompt what to show
   * @param avoid what not to show
   * @param count how many images
   * @param width in pixels
   * @param height in pixels
   * @param guidance how strictly the prompt is followed, in the vendor's own measure
   * @param seed of the random numbers
   * @param quality for example {@code standard} or {@code premium}
   * @param format {@code png}, {@code jpeg} or {@code webp}
   * @param images images to work on, encoded
   * @param mask where to work, encoded; black is changed
   * @param more fields that only one vendor has, an object or null
   */
  record Request(
      Task task,
      String prompt,
      String avoid,
      int count,
      Integer width,
      Integer height,
      Double guidance,
      Long seed,
      String quality,
      String format,
      List<byte[]> images,
      byte[] mask,
      JsonNode more) {}

  /** The images, encoded as asked, and the seed each was made with, null where it isn't known. */
  record Answer(List<byte[]> images, List<Long> seeds) {}

  /**
   * Makes the images. Throws Bedrock Runtime's own exceptions; a field that this model can't honour
   * is a {@code ValidationException}.
   */
  Answer generate(Request request);
}
