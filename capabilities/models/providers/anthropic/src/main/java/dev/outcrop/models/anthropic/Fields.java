package dev.outcrop.models.anthropic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.outcrop.models.RuntimeErrors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/**
 * A JSON object of a request body, read key by key; a null counts as absent. Violations are worded
 * as Bedrock words them.
 */
final class Fields {

  private final String pointer;
  private final JsonNode node;

  private Fields(String pointer, JsonNode node) {
    this.pointer = pointer;
    this.node = node;
  }

  /** Parses a body, which must be an object. */
  static Fields parse(SdkBytes bytes) {
    if (bytes == null || bytes.asByteArrayUnsafe().length == 0) {
      throw malformed("the body is empty, expected a JSON object");
    }
    try {
      return of("#", Json.MAPPER.readTree(bytes.asByteArrayUnsafe()));
    } catch (JsonProcessingException e) {
      throw malformed("the body is not valid JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Fields of(String pointer, JsonNode node) {
    if (!node.isObject()) {
      throw malformed(pointer + ": expected type: JSONObject, found: " + type(node));
    }
    return new Fields(pointer, node);
  }

  /** Refuses every key that is not one of these. */
  Fields only(Set<String> keys) {
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!keys.contains(name)) {
                throw malformed(pointer + ": extraneous key [" + name + "] is not permitted");
              }
            });
    return this;
  }

  JsonNode node() {
    return node;
  }

  boolean has(String key) {
    return node.hasNonNull(key);
  }

  boolean isText(String key) {
    return node.path(key).isTextual();
  }

  Optional<JsonNode> value(String key) {
    return has(key) ? Optional.of(node.get(key)) : Optional.empty();
  }

  JsonNode required(String key) {
    return value(key)
        .orElseThrow(() -> malformed(pointer + ": required key [" + key + "] not found"));
  }

  String requiredText(String key) {
    required(key);
    return text(key).orElseThrow();
  }

  Optional<String> text(String key) {
    return value(key).map(value -> text(key, value));
  }

  private String text(String key, JsonNode value) {
    if (!value.isTextual()) {
      throw wrongType(key, "String", value);
    }
    return value.textValue();
  }

  Optional<Boolean> bool(String key) {
    Optional<JsonNode> value = value(key);
    if (value.isPresent() && !value.get().isBoolean()) {
      throw wrongType(key, "Boolean", value.get());
    }
    return value.map(JsonNode::booleanValue);
  }

  Optional<Integer> integer(String key, int least) {
    Optional<JsonNode> value = value(key);
    if (value.isPresent() && !value.get().canConvertToExactIntegral()) {
      throw wrongType(key, "Integer", value.get());
    }
    value.ifPresent(number -> ranged(key, number, least, Integer.MAX_VALUE));
    return value.map(JsonNode::intValue);
  }

  Optional<Float> number(String key, double least, double most) {
    Optional<JsonNode> value = value(key);
    if (value.isPresent() && !value.get().isNumber()) {
      throw wrongType(key, "Number", value.get());
    }
    value.ifPresent(number -> ranged(key, number, least, most));
    return value.map(JsonNode::floatValue);
  }

  private void ranged(String key, JsonNode value, double least, double most) {
    double number = value.doubleValue();
    if (number < least) {
      throw invalid(key, value.asText() + " is not greater or equal to " + (long) least);
    }
    if (number > most) {
      throw invalid(key, value.asText() + " is not less or equal to " + (long) most);
    }
  }

  List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    for (JsonNode element : elements(key)) {
      texts.add(text(key + "/" + texts.size(), element));
    }
    return texts;
  }

  Optional<Fields> object(String key) {
    return value(key).map(value -> of(at(key), value));
  }

  Fields requiredObject(String key) {
    return of(at(key), required(key));
  }

  /** The objects of a list; none when the key is absent. */
  List<Fields> objects(String key) {
    List<Fields> objects = new ArrayList<>();
    for (JsonNode element : elements(key)) {
      objects.add(of(at(key) + "/" + objects.size(), element));
    }
    return objects;
  }

  private List<JsonNode> elements(String key) {
    JsonNode list = value(key).orElseGet(Json::array);
    if (!list.isArray()) {
      throw wrongType(key, "JSONArray", list);
    }
    return StreamSupport.stream(list.spliterator(), false).toList();
  }

  private String at(String key) {
    return pointer + "/" + key;
  }

  private ValidationException wrongType(String key, String expected, JsonNode found) {
    return invalid(key, "expected type: " + expected + ", found: " + type(found));
  }

  /** A violation at one of this object's keys. */
  ValidationException invalid(String key, String problem) {
    return malformed(at(key) + ": " + problem);
  }

  private static ValidationException malformed(String problem) {
    return RuntimeErrors.invalid(
        "Malformed input request: " + problem + ", please reformat your input and try again.");
  }

  private static String type(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> "JSONObject";
      case ARRAY -> "JSONArray";
      case STRING -> "String";
      case BOOLEAN -> "Boolean";
      case NULL -> "Null";
      case NUMBER -> node.isIntegralNumber() ? "Integer" : "Number";
      default -> "nothing";
    };
  }
}
