package dev.outcrop.models.llama;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.document.Document;

/** The SDK's documents as JSON, and as the values that templates work with. */
final class Documents {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private Documents() {}

  static JsonNode json(Document document) {
    if (document == null || document.isNull()) {
      return JSON.nullNode();
    } else if (document.isBoolean()) {
      return JSON.booleanNode(document.asBoolean());
    } else if (document.isNumber()) {
      BigDecimal number = document.asNumber().bigDecimalValue();
      return number.scale() <= 0 ? JSON.numberNode(number.toBigInteger()) : JSON.numberNode(number);
    } else if (document.isString()) {
      return JSON.textNode(document.asString());
    } else if (document.isList()) {
      ArrayNode array = JSON.arrayNode();
      document.asList().forEach(d -> array.add(json(d)));
      return array;
    }
    ObjectNode object = JSON.objectNode();
    document.asMap().forEach((k, v) -> object.set(k, json(v)));
    return object;
  }

  /** Maps, lists, texts, numbers, booleans and null. */
  static Object plain(JsonNode node) {
    if (node.isObject()) {
      Map<String, Object> map = new LinkedHashMap<>();
      node.properties().forEach(e -> map.put(e.getKey(), plain(e.getValue())));
      return map;
    } else if (node.isArray()) {
      List<Object> list = new ArrayList<>();
      node.forEach(n -> list.add(plain(n)));
      return list;
    } else if (node.isTextual()) {
      return node.textValue();
    } else if (node.isBoolean()) {
      return node.booleanValue();
    } else if (node.isNumber()) {
      return node.isIntegralNumber() && node.canConvertToLong()
          ? (Object) node.longValue()
          : (Object) node.doubleValue();
    }
    return null;
  }
}
