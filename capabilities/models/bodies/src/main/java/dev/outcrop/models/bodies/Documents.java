package dev.outcrop.models.bodies;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.JsonDocuments;
import java.math.BigDecimal;
import software.amazon.awssdk.core.document.Document;

/** JSON as the SDK's free-form documents and back; numbers keep every digit, nulls stay nulls. */
public final class Documents {

  private Documents() {}

  /** A document of JSON. */
  public static Document of(JsonNode node) {
    return JsonDocuments.of(node);
  }

  /** JSON of a document; null is JSON's null. */
  public static JsonNode json(Document document) {
    if (document == null || document.isNull()) {
      return Body.JSON.nullNode();
    }
    if (document.isMap()) {
      ObjectNode object = Body.JSON.createObjectNode();
      document.asMap().forEach((key, value) -> object.set(key, json(value)));
      return object;
    }
    if (document.isList()) {
      ArrayNode array = Body.JSON.createArrayNode();
      document.asList().forEach(element -> array.add(json(element)));
      return array;
    }
    if (document.isString()) {
      return text(document.asString());
    }
    return document.isBoolean()
        ? Body.JSON.getNodeFactory().booleanNode(document.asBoolean())
        : number(document.asNumber().stringValue());
  }

  private static JsonNode text(String text) {
    return Body.JSON.getNodeFactory().textNode(text);
  }

  private static JsonNode number(String digits) {
    try {
      BigDecimal number = new BigDecimal(digits);
      boolean whole = digits.chars().allMatch(c -> c == '-' || Character.isDigit(c));
      return whole
          ? Body.JSON.getNodeFactory().numberNode(number.toBigIntegerExact())
          : Body.JSON.getNodeFactory().numberNode(number);
    } catch (NumberFormatException e) {
      return text(digits); // NaN and the infinities are not numbers in JSON
    }
  }
}
