package dev.outcrop.models;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Set;

/**
 * The images in a native answer: the elements of {@code images}, as Nova Canvas, Titan and
 * Stability's newer models have them, or of {@code artifacts}, as its older ones do. One that a
 * filter held back is null and not counted. Read without a tree, for images are large.
 */
final class MadeImages {

  private static final Set<String> LISTS = Set.of("images", "artifacts");
  private static final JsonFactory JSON = new JsonFactory();

  private MadeImages() {}

  /** 0 for what is no JSON object. */
  static int count(byte[] answer) {
    int count = 0;
    try (JsonParser parser = JSON.createParser(answer)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return 0;
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean list = LISTS.contains(parser.currentName());
        if (parser.nextToken() == JsonToken.START_ARRAY && list) {
          count += elements(parser);
        } else {
          parser.skipChildren();
        }
      }
      return count;
    } catch (IOException e) {
      return 0;
    }
  }

  private static int elements(JsonParser parser) throws IOException {
    int count = 0;
    for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
      if (t == null) {
        throw new IOException("it ends in the middle");
      }
      if (t != JsonToken.VALUE_NULL) {
        count++;
      }
      parser.skipChildren();
    }
    return count;
  }
}
