package dev.outcrop.models;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.bedrockruntime.model.ModelErrorException;

/** Reads the input of a tool that a model wrote. */
final class ToolInput {

  private static final JsonMapper JSON = new JsonMapper();

  private ToolInput() {}

  /** Nothing is the empty object: a tool without parameters. */
  static Document read(String json) {
    try {
      return json.isBlank() ? Document.mapBuilder().build() : document(JSON.readTree(json));
    } catch (JsonProcessingException e) {
      throw ModelErrorException.builder()
          .message("The model wrote a tool input that is not valid JSON.")
          .cause(e)
          .build();
    }
  }

  private static Document document(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> {
        Map<String, Document> map = new LinkedHashMap<>();
        node.properties().forEach(e -> map.put(e.getKey(), document(e.getValue())));
        yield Document.fromMap(map);
      }
      case ARRAY -> {
        List<Document> list = new ArrayList<>();
        node.forEach(element -> list.add(document(element)));
        yield Document.fromList(list);
      }
      case STRING -> Document.fromString(node.textValue());
      case NUMBER -> Document.fromNumber(node.asText());
      case BOOLEAN -> Document.fromBoolean(node.booleanValue());
      default -> Document.fromNull();
    };
  }
}
