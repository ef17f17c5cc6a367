package dev.outcrop.models.bodies;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.outcrop.models.RuntimeErrors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/**
 * A JSON object of a request body, read key by key. Violations are worded as Bedrock words them.
 */
final class Body {

  static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final String pointer;
  private final JsonNode node;

  private Body(String pointer, JsonNode node) {
    this.pointer = pointer;
    this.node = node;
  }

  /** Parses a body, which must be an object. */
  static Body parse(SdkBytes bytes) {
    if (bytes == null || bytes.asByteArrayUnsafe().length == 0) {
      throw malformed("the body is empty, expected a JSON object");
    }
    JsonNode root;
    try {
      root = JSON.readTree(bytes.asByteArrayUnsafe());
    } catch (JsonProcessingException e) {
      throw malformed("the body is not valid JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return object("#", root);
  }

  static SdkBytes write(JsonNode node) {
    try {
      return SdkBytes.fromByteArrayUnsafe(JSON.writeValueAsBytes(node));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Body object(String pointer, JsonNode node) {
    if (!node.isObject()) {
      throw violation(pointer, "expected type: JSONObject, found: " + type(node));
    }
    return new Body(pointer, node);
  }

  /** Refuses every key that is not one of these. */
  Body only(Set<String> keys) {
    for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!keys.contains(name)) {
        throw violation(pointer, "extraneous key [" + name + "] is not permitted");
      }
    }
    return this;
  }

  boolean has(String key) {
    return node.has(key);
  }

  String requiredText(String key) {
    return text(key).orElseThrow(() -> violation(pointer, "required key [" + key + "] not found"));
  }

  Optional<String> text(String key) {
    return value(key)
        .map(
            value -> {
              if (!value.isTextual()) {
                throw wrongType(key, "String", value);
              }
              return value.textValue();
            });
  }

  Optional<Boolean> bool(String key) {
    return value(key)
        .map(
            value -> {
              if (!value.isBoolean()) {
                throw wrongType(key, "Boolean", value);
              }
              return value.booleanValue();
            });
  }

  Optional<Integer> integer(String key, int least, int most) {
    return value(key)
        .map(
            value -> {
              if (!value.isIntegralNumber()) {
                throw wrongType(key, "Integer", value);
              }
              return (int) ranged(key, value, least, most);
            });
  }

  Optional<Double> number(String key, double least, double most) {
    return value(key)
        .map(
            value -> {
              if (!value.isNumber()) {
                throw wrongType(key, "Number", value);
              }
              return ranged(key, value, least, most);
            });
  }

  private double ranged(String key, JsonNode value, double least, double most) {
    double number = value.doubleValue();
    if (number < least) {
      throw violation(at(key), value + " is not greater or equal to " + plain(least));
    }
    if (number > most) {
      throw violation(at(key), value + " is not less or equal to " + plain(most));
    }
    return number;
  }

  private static String plain(double bound) {
    return bound == Math.rint(bound)
        ? String.valueOf((long) bound)
        : String.format(Locale.ROOT, "%s", bound);
  }

  Optional<List<String>> texts(String key) {
    return list(key)
        .map(
            nodes -> {
              List<String> texts = new ArrayList<>();
              for (JsonNode element : nodes) {
                if (!element.isTextual()) {
                  throw wrongType(key + "/" + texts.size(), "String", element);
                }
                texts.add(element.textValue());
              }
              return texts;
            });
  }

  Optional<Body> object(String key) {
    return value(key).map(value -> object(at(key), value));
  }

  Optional<List<Body>> objects(String key) {
    return list(key)
        .map(
            nodes -> {
              List<Body> bodies = new ArrayList<>();
              for (JsonNode element : nodes) {
                bodies.add(object(at(key) + "/" + bodies.size(), element));
              }
              return bodies;
            });
  }

  private Optional<JsonNode> list(String key) {
    return value(key)
        .map(
            value -> {
              if (!value.isArray()) {
                throw wrongType(key, "JSONArray", value);
              }
              return value;
            });
  }

  boolean isText(String key) {
    return node.path(key).isTextual();
  }

  private Optional<JsonNode> value(String key) {
    return Optional.ofNullable(node.get(key));
  }

  private String at(String key) {
    return pointer + "/" + key;
  }

  private ValidationException wrongType(String key, String expected, JsonNode found) {
    return violation(at(key), "expected type: " + expected + ", found: " + type(found));
  }

  /** A violation at one of this object's keys. */
  ValidationException invalid(String key, String problem) {
    return violation(at(key), problem);
  }

  private static ValidationException violation(String pointer, String problem) {
    return malformed(pointer.equals("#") ? problem : pointer + ": " + problem);
  }

  static ValidationException malformed(String problem) {
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
