package dev.outcrop.models.llama.schema;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.List;

/** Finds where in a text of JSON a value begins. */
public final class Places {
  private static final JsonFactory JSON = new JsonFactory();

  private Places() {}

  /**
   * The number of characters before a value.
   *
   * @param path names of members and numbers of items that lead to it; where it leads to nothing,
   *     the last value on the way is meant
   */
  public static int before(String text, List<String> path) {
    try (JsonParser parser = JSON.createParser(text)) {
      parser.nextToken();
      int found = start(parser);
      for (String step : path) {
        if (!enter(parser, step)) {
          return found;
        }
        found = start(parser);
      }
      return found;
    } catch (IOException e) {
      return 0;
    }
  }

  private static int start(JsonParser parser) {
    return (int) parser.currentTokenLocation().getCharOffset();
  }

  /** Goes on to a child of the value that the parser is at. */
  private static boolean enter(JsonParser parser, String step) throws IOException {
    boolean array = parser.currentToken() == JsonToken.START_ARRAY;
    if (!array && parser.currentToken() != JsonToken.START_OBJECT) {
      return false;
    }
    for (int i = 0; !parser.nextToken().isStructEnd(); i++) {
      String name = array ? String.valueOf(i) : parser.currentName();
      if (!array) {
        parser.nextToken();
      }
      if (name.equals(step)) {
        return true;
      }
      parser.skipChildren();
    }
    return false;
  }
}
