package dev.outcrop.models.batch;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A file among a model's output.
 *
 * @param type MIME type
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares files
record Media(String name, String type, byte[] bytes) {
  /** Shorter text is no picture, whatever it looks like. */
  private static final int SHORTEST = 12;

  /** A format and the bytes that its files have at a place. */
  private record Format(String suffix, String type, int at, String signature) {

    boolean fits(byte[] bytes) {
      if (bytes.length < at + signature.length()) {
        return false;
      }
      for (int i = 0; i < signature.length(); i++) {
        if ((bytes[at + i] & 0xff) != signature.charAt(i)) {
          return false;
        }
      }
      return true;
    }
  }

  private static final List<Format> FORMATS =
      List.of(
          new Format("png", "image/png", 0, "\u0089PNG\r\n\u001a\n"),
          new Format("jpg", "image/jpeg", 0, "\u00ff\u00d8\u00ff"),
          new Format("webp", "image/webp", 8, "WEBP"),
          new Format("gif", "image/gif", 0, "GIF8"),
          new Format("wav", "audio/wav", 8, "WAVE"),
          new Format("mp3", "audio/mpeg", 0, "ID3"),
          new Format("ogg", "audio/ogg", 0, "OggS"),
          new Format("mp4", "video/mp4", 4, "ftyp"));

  /** The files that a model's answer has in it as base64, in order: {@code output_1.png}. */
  static List<Media> in(JsonNode answer) {
    List<Media> found = new ArrayList<>();
    find(answer, found);
    return found;
  }

  private static void find(JsonNode node, List<Media> found) {
    if (node.isTextual()) {
      read(node.textValue(), found);
    } else {
      node.forEach(each -> find(each, found));
    }
  }

  private static void read(String text, List<Media> found) {
    if (text.length() < SHORTEST || text.length() % 4 != 0) {
      return;
    }
    // The signature first: it takes a moment to see that a long text is not all base64.
    byte[] start = decoded(text.substring(0, Math.min(text.length(), 32) / 4 * 4));
    for (Format format : FORMATS) {
      if (start != null && format.fits(start)) {
        byte[] bytes = decoded(text);
        if (bytes != null) {
          String name = "output_%d.%s".formatted(found.size() + 1, format.suffix());
          found.add(new Media(name, format.type(), bytes));
        }
        return;
      }
    }
  }

  private static byte[] decoded(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return null; // some other text
    }
  }
}
