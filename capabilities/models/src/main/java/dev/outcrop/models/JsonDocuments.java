package dev.outcrop.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.document.Document;

/** JSON as the SDK's free-form documents and back; numbers keep every digit, nulls stay nulls. */
public final class JsonDocuments {

  private static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);

  /** Any whole number of so many digits is a long. */
  private static final int LONG_DIGITS = 18;

  /** Beyond, a whole number such as 1e999999 stays as short as it was written. */
  private static final int MOST_DIGITS = 1_000;

  private static final Set<String> NOT_JSON = Set.of("NaN", "Infinity", "-Infinity");

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

  /** The tree of a document; JSON's null for null. */
  public static JsonNode json(Document document) {
    if (document == null || document.isNull()) {
      return NODES.nullNode();
    } else if (document.isString()) {
      return NODES.textNode(document.asString());
    } else if (document.isBoolean()) {
      return NODES.booleanNode(document.asBoolean());
    } else if (document.isNumber()) {
      return number(document.asNumber().stringValue());
    } else if (document.isList()) {
      ArrayNode array = NODES.arrayNode();
      document.asList().forEach(each -> array.add(json(each)));
      return array;
    }
    ObjectNode object = NODES.objectNode();
    document.asMap().forEach((key, value) -> object.set(key, json(value)));
    return object;
  }

  private static JsonNode number(String digits) {
    BigDecimal value;
    try {
      value = new BigDecimal(digits);
    } catch (NumberFormatException e) {
      if (NOT_JSON.contains(digits)) {
        return NODES.textNode(digits); // not numbers in JSON
      }
      throw RuntimeErrors.invalid("The number " + digits + " is out of range.");
    }
    long whole = (long) value.precision() - value.scale();
    if (value.scale() > 0 || whole > MOST_DIGITS) {
      return NODES.numberNode(value);
    }
    return whole <= LONG_DIGITS
        ? NODES.numberNode(value.longValue())
        : NODES.numberNode(value.toBigIntegerExact());
  }
}
