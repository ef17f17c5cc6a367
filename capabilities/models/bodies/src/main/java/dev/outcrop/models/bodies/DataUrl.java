package dev.outcrop.models.bodies;

import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ImageBlock;

/**
 * A file inside a {@code data:} URL.
 *
 * @param type media type in lower case, without parameters; empty when not said
 */
record DataUrl(String type, byte[] bytes) {

  private static final Map<String, String> IMAGES =
      Map.of(
          "image/png", "png",
          "image/jpeg", "jpeg",
          "image/jpg", "jpeg",
          "image/gif", "gif",
          "image/webp", "webp");

  /**
   * Reads the URL at a key. URLs of the web are refused: this server fetches nothing for others.
   */
  static DataUrl read(Body body, String key) {
    return parse(body.requiredText(key))
        .orElseThrow(
            () -> body.invalid(key, "expected a data URL with base64: data:image/png;base64,…"));
  }

  static Optional<DataUrl> parse(String url) {
    int comma = url.indexOf(',');
    if (!url.startsWith("data:") || comma < 0) {
      return Optional.empty();
    }
    String[] head = url.substring("data:".length(), comma).split(";");
    if (!head[head.length - 1].equalsIgnoreCase("base64")) {
      return Optional.empty();
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(url.substring(comma + 1));
      return Optional.of(new DataUrl(head[0].toLowerCase(Locale.ROOT), bytes));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The image at a key. */
  static ContentBlock image(Body body, String key) {
    DataUrl url = read(body, key);
    String format = IMAGES.get(url.type);
    if (format == null) {
      throw body.invalid(key, url.type + " is not one of image/png, jpeg, gif and webp");
    }
    return image(format, url.bytes);
  }

  static ContentBlock image(String format, byte[] bytes) {
    return ContentBlock.fromImage(
        ImageBlock.builder()
            .format(format)
            .source(source -> source.bytes(SdkBytes.fromByteArrayUnsafe(bytes)))
            .build());
  }

  /** The format of encoded images, from their first bytes. */
  static Optional<String> imageFormat(byte[] image) {
    if (starts(image, 0, 0x89, 'P', 'N', 'G')) {
      return Optional.of("png");
    } else if (starts(image, 0, 0xFF, 0xD8, 0xFF)) {
      return Optional.of("jpeg");
    } else if (starts(image, 0, 'G', 'I', 'F', '8')) {
      return Optional.of("gif");
    }
    return starts(image, 0, 'R', 'I', 'F', 'F') && starts(image, 8, 'W', 'E', 'B', 'P')
        ? Optional.of("webp")
        : Optional.empty();
  }

  private static boolean starts(byte[] bytes, int at, int... expected) {
    if (bytes.length < at + expected.length) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if ((bytes[at + i] & 0xFF) != expected[i]) {
        return false;
      }
    }
    return true;
  }
}
