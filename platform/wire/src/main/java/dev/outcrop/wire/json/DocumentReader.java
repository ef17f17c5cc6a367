package dev.outcrop.wire.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.outcrop.wire.RefusedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.document.Document;

/** Reads free-form documents; numbers keep every digit, nulls stay nulls. */
final class DocumentReader {
  private DocumentReader() {}

  /** Reads the value that the parser is at. */
  static Document read(JsonParser in) throws IOException {
    return switch (in.currentToken()) {
      case VALUE_NULL -> Document.fromNull();
      case VALUE_STRING -> Document.fromString(in.getText());
      case VALUE_TRUE -> Document.fromBoolean(true);
      case VALUE_FALSE -> Document.fromBoolean(false);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Document.fromNumber(in.getText());
      case START_ARRAY -> list(in);
      case START_OBJECT -> map(in);
      default -> throw RefusedException.serialization("Unexpected value in a document");
    };
  }

  private static Document list(JsonParser in) throws IOException {
    List<Document> elements = new ArrayList<>();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      elements.add(read(in));
    }
    return Document.fromList(elements);
  }

  private static Document map(JsonParser in) throws IOException {
    Map<String, Document> entries = new LinkedHashMap<>();
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String key = in.currentName();
      in.nextToken();
      entries.put(key, read(in));
    }
    return Document.fromMap(entries);
  }
}
