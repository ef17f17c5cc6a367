package dev.outcrop.models.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.Set;

/**
 * The answer in one piece, as the server would have given it without streaming: what {@code
 * additionalModelResponseFieldPaths} point into.
 */
final class Assembled {

  /** Text that comes in pieces; any other is replaced by its later value. */
  private static final Set<String> PIECES =
      Set.of("content", "reasoning_content", "reasoning", "refusal", "arguments", "text");

  private final ObjectNode answer = Json.object();

  void add(JsonNode chunk) {
    for (Map.Entry<String, JsonNode> field : chunk.properties()) {
      if (field.getKey().equals("choices")) {
        JsonNode choice = field.getValue().path(0);
        if (choice.isObject()) {
          choice((ObjectNode) element(answer.withArray("choices"), 0), choice);
        }
      } else if (!field.getValue().isNull()) {
        answer.set(field.getKey(), field.getValue());
      }
    }
  }

  private static void choice(ObjectNode target, JsonNode choice) {
    choice
        .properties()
        .forEach(
            field -> {
              boolean delta = field.getKey().equals("delta") && field.getValue().isObject();
              merge(target, delta ? "message" : field.getKey(), field.getValue());
            });
  }

  private static void merge(ObjectNode target, String name, JsonNode value) {
    JsonNode old = target.get(name);
    if (value.isNull()) {
      return;
    } else if (value.isTextual() && PIECES.contains(name) && old != null && old.isTextual()) {
      target.put(name, old.textValue() + value.textValue());
    } else if (value.isObject()) {
      ObjectNode inner = old instanceof ObjectNode known ? known : target.putObject(name);
      value.properties().forEach(field -> merge(inner, field.getKey(), field.getValue()));
    } else if (value instanceof ArrayNode array) {
      ArrayNode list = old instanceof ArrayNode known ? known : target.putArray(name);
      array.forEach(each -> append(list, each));
    } else {
      target.set(name, value instanceof TextNode ? value : value.deepCopy());
    }
  }

  /** Elements with an index are merged, others follow one another. */
  private static void append(ArrayNode list, JsonNode element) {
    int index = element.path("index").asInt(-1);
    if (element.isObject() && index >= 0 && index <= list.size()) {
      ObjectNode target = (ObjectNode) element(list, index);
      element.properties().forEach(field -> merge(target, field.getKey(), field.getValue()));
    } else {
      list.add(element);
    }
  }

  private static JsonNode element(ArrayNode list, int index) {
    return index < list.size() && list.get(index).isObject() ? list.get(index) : list.addObject();
  }

  JsonNode answer() {
    return answer;
  }
}
