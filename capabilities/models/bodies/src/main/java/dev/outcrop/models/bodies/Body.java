package dev.outcrop.models.bodies;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.RuntimeErrors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/**
 * A JSON object of a request body, read key by key. Violations are worded as Bedrock words them,
 * and name the place by its JSON pointer. Every key is asked for: {@link #only} refuses the others.
 */
public final class Body {

  /** Deeper nesting is refused; no vendor's body comes near it. */
  private static final int MAX_DEPTH = 200;

  // Images travel as base64 strings; the server limits the body as a whole.
  static final ObjectMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxStringLength(Integer.MAX_VALUE)
                          .build())
                  .build())
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final String pointer;
  private final JsonNode node;
  private final boolean nullsAreAbsent;

  private Body(String pointer, JsonNode node, boolean nullsAreAbsent) {
    this.pointer = pointer;
    this.node = node;
    this.nullsAreAbsent = nullsAreAbsent;
  }

  /**
   * Parses a body, which must be an object.
   *
   * @throws ValidationException when it is empty, not JSON, has a key twice or is no object
   */
  public static Body parse(SdkBytes bytes) {
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
    return object("#", root, false);
  }

  /** A body that was put together here. */
  public static Body of(ObjectNode node) {
    return object("#", node, false);
  }

  /** The same object, where a key whose value is null counts as absent, here and below. */
  public Body withoutNulls() {
    return new Body(pointer, node, true);
  }

  /** The object itself. */
  public ObjectNode json() {
    return (ObjectNode) node;
  }

  /** JSON as UTF-8. */
  public static SdkBytes write(JsonNode node) {
    try {
      return SdkBytes.fromByteArrayUnsafe(JSON.writeValueAsBytes(node));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Body object(String pointer, JsonNode node, boolean nullsAreAbsent) {
    if (!node.isObject()) {
      throw Violations.at(pointer, "expected type: JSONObject, found: " + Violations.type(node));
    }
    return new Body(pointer, node, nullsAreAbsent);
  }

  /** Refuses every key that is not one of these. */
  public Body only(Set<String> keys) {
    for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!keys.contains(name)) {
        throw Violations.at(pointer, "extraneous key [" + name + "] is not permitted");
      }
    }
    return this;
  }

  /** Whether the key is there. */
  public boolean has(String key) {
    return value(key).isPresent();
  }

  /** The value of a key as it is. */
  public Optional<JsonNode> json(String key) {
    return value(key);
  }

  /** The error of a key that has to be there and isn't. */
  public ValidationException missing(String key) {
    return Violations.at(pointer, "required key [" + key + "] not found");
  }

  /** A text that has to be there. */
  public String requiredText(String key) {
    return text(key).orElseThrow(() -> missing(key));
  }

  /** A text that has to be there and to say something. */
  public String prompt(String key) {
    String prompt = requiredText(key);
    if (prompt.isEmpty()) {
      throw Violations.at(at(key), "expected minLength: 1, actual: 0");
    }
    return prompt;
  }

  /** One of these texts. */
  public Optional<String> choice(String key, String... values) {
    Optional<String> chosen = text(key);
    chosen
        .filter(value -> !List.of(values).contains(value))
        .ifPresent(
            value -> {
              throw invalid(
                  key, value + " is not a valid enum value, expected " + String.join(", ", values));
            });
    return chosen;
  }

  /** Bytes as base64. */
  public Optional<byte[]> bytes(String key) {
    return text(key).map(text -> base64(key, text));
  }

  private byte[] base64(String key, String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw invalid(key, "the value is not base64");
    }
  }

  /** Bytes as base64, a list of them. */
  public Optional<List<byte[]>> bytesList(String key) {
    return texts(key).map(list -> list.stream().map(text -> base64(key, text)).toList());
  }

  /** A text. */
  public Optional<String> text(String key) {
    return value(key)
        .map(
            value -> {
              if (!value.isTextual()) {
                throw wrongType(key, "String", value);
              }
              return value.textValue();
            });
  }

  /** True or false. */
  public Optional<Boolean> bool(String key) {
    return value(key)
        .map(
            value -> {
              if (!value.isBoolean()) {
                throw wrongType(key, "Boolean", value);
              }
              return value.booleanValue();
            });
  }

  /** A whole number from {@code least} to {@code most}. */
  public Optional<Integer> integer(String key, int least, int most) {
    return value(key)
        .map(
            value -> {
              if (!value.isIntegralNumber()) {
                throw wrongType(key, "Integer", value);
              }
              return (int) Violations.ranged(at(key), value, least, most);
            });
  }

  /** A whole number of 64 bits. */
  public Optional<Long> whole(String key, long least, long most) {
    return value(key)
        .map(
            value -> {
              if (!value.isIntegralNumber()) {
                throw wrongType(key, "Integer", value);
              }
              Violations.ranged(at(key), value, least, most);
              if (!value.canConvertToLong()) {
                throw Violations.at(at(key), value + " is out of range");
              }
              return value.longValue();
            });
  }

  /** A number from {@code least} to {@code most}. */
  public Optional<Double> number(String key, double least, double most) {
    return value(key)
        .map(
            value -> {
              if (!value.isNumber()) {
                throw wrongType(key, "Number", value);
              }
              return Violations.ranged(at(key), value, least, most);
            });
  }

  /** A list of texts. */
  public Optional<List<String>> texts(String key) {
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

  /** An object. */
  public Optional<Body> object(String key) {
    return value(key).map(value -> object(at(key), value, nullsAreAbsent));
  }

  /** A list of objects. */
  public Optional<List<Body>> objects(String key) {
    return list(key)
        .map(
            nodes -> {
              List<Body> bodies = new ArrayList<>();
              for (JsonNode element : nodes) {
                bodies.add(object(at(key) + "/" + bodies.size(), element, nullsAreAbsent));
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

  /** Whether the value of a key is a text. */
  public boolean isText(String key) {
    return node.path(key).isTextual();
  }

  private Optional<JsonNode> value(String key) {
    return Optional.ofNullable(node.get(key)).filter(value -> !(nullsAreAbsent && value.isNull()));
  }

  private String at(String key) {
    return pointer + "/" + key;
  }

  private ValidationException wrongType(String key, String expected, JsonNode found) {
    return Violations.at(
        at(key), "expected type: " + expected + ", found: " + Violations.type(found));
  }

  /** The error of a key that the body may have, but that can't be honoured. */
  public ValidationException unsupported(String key, String why) {
    return RuntimeErrors.unsupported(
        pointer.equals("#") ? key : pointer.substring(2) + "/" + key, why);
  }

  /**
   * The one of two keys that is there, for settings with an old and a new name; both only when they
   * say the same.
   */
  public String either(String key, String otherName) {
    if (has(key) && has(otherName) && !json(key).equals(json(otherName))) {
      throw invalid(key, "it says something else than " + otherName);
    }
    return has(key) ? key : otherName;
  }

  /** Refuses a key that the family has, but that can't be honoured. */
  public void refuse(String key, String why) {
    if (has(key)) {
      throw unsupported(key, why);
    }
  }

  /** A violation at one of this object's keys. */
  public ValidationException invalid(String key, String problem) {
    return Violations.at(at(key), problem);
  }

  /** A violation of the body as a whole. */
  public static ValidationException malformed(String problem) {
    return Violations.malformed(problem);
  }
}
