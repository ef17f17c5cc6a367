package dev.outcrop.logs.filter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.function.Predicate;

/**
 * Reads a JSON pattern by recursive descent: {@code or := and (|| and)*}, {@code and := one (&&
 * one)*}, {@code one := ( or ) | selector comparison}. A message that is no JSON object never
 * matches.
 */
final class JsonPatternReader {
  /** Numbers as they are written: 1e999 is none of Java's doubles. */
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private static final int DEEPEST = 50;

  private final Scanner in;
  private int depth;

  private JsonPatternReader(String text) {
    in = new Scanner(text);
  }

  static FilterPattern read(String text) {
    JsonPatternReader reader = new JsonPatternReader(text);
    reader.in.expect("{");
    Predicate<JsonNode> wanted = reader.or();
    reader.in.expect("}");
    if (reader.in.skipSpaces()) {
      throw reader.in.problem("nothing can follow the closing brace");
    }
    return message -> {
      JsonNode event = parsed(message);
      return event != null && wanted.test(event);
    };
  }

  private static JsonNode parsed(String message) {
    if (!message.stripLeading().startsWith("{")) {
      return null;
    }
    try {
      return MAPPER.readTree(message);
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  private Predicate<JsonNode> or() {
    Predicate<JsonNode> condition = and();
    while (in.skipSpaces() && in.take("||")) {
      condition = condition.or(and());
    }
    return condition;
  }

  private Predicate<JsonNode> and() {
    Predicate<JsonNode> condition = one();
    while (in.skipSpaces() && in.take("&&")) {
      condition = condition.and(one());
    }
    return condition;
  }

  private Predicate<JsonNode> one() {
    in.skipSpaces();
    if (!in.take("(")) {
      return comparison();
    }
    if (++depth > DEEPEST) {
      throw in.problem("too many parentheses");
    }
    Predicate<JsonNode> inner = or();
    in.expect(")");
    depth--;
    return inner;
  }

  private Predicate<JsonNode> comparison() {
    Selector selector = Selector.read(in);
    in.skipSpaces();
    if (in.takeWord("NOT")) {
      in.skipSpaces();
      if (!in.takeWord("EXISTS")) {
        throw in.problem("expected EXISTS");
      }
      return event -> selector.of(event).isEmpty();
    }
    Predicate<JsonNode> value = in.takeWord("IS") ? is() : Comparison.read(in);
    return event -> selector.of(event).stream().anyMatch(value);
  }

  private Predicate<JsonNode> is() {
    in.skipSpaces();
    if (in.takeWord("NULL")) {
      return JsonNode::isNull;
    }
    if (in.takeWord("TRUE")) {
      return value -> value.isBoolean() && value.booleanValue();
    }
    if (in.takeWord("FALSE")) {
      return value -> value.isBoolean() && !value.booleanValue();
    }
    throw in.problem("expected NULL, TRUE or FALSE");
  }
}
