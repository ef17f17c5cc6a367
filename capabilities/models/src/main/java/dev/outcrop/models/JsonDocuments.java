package dev.outcrop.models;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.document.Document;

/** JSON as the SDK's free-form documents; numbers keep every digit, nulls stay nulls. */
public final class JsonDocuments {

  private JsonDocuments() {}

  /** The document of a tree; null for null and for what is missing. */
  public static Document of(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> {
        Map<String, Document> map = new LinkedHashMap<>();
        node.properties().forEach(member -> map.put(member.getKey(), of(member.getValue())));
        yield Document.fromMap(map);
      }
      case ARRAY -> {
        List<Document> list = new ArrayList<>();
        node.forEach(element -> list.add(of(element)));
        yield Document.fromList(list);
      }
      case STRING -> Document.fromString(node.textValue());
      case NUMBER -> Document.fromNumber(node.asText());
      case BOOLEAN -> Document.fromBoolean(node.booleanValue());
      default -> Document.fromNull();
    };
  }
}
