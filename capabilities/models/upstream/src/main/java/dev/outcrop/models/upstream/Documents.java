package dev.outcrop.models.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.JsonDocuments;
import java.math.BigDecimal;
import software.amazon.awssdk.core.SdkNumber;
import software.amazon.awssdk.core.document.Document;

/** The SDK's documents as JSON and back; numbers keep every digit. */
public final class Documents {

  private static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);

  private Documents() {}

  /** As JSON; null for null. */
  public static JsonNode json(Document document) {
    if (document == null || document.isNull()) {
      return NODES.nullNode();
    } else if (document.isString()) {
      return NODES.textNode(document.asString());
    } else if (document.isBoolean()) {
      return NODES.booleanNode(document.asBoolean());
    } else if (document.isNumber()) {
      return number(document.asNumber());
    } else if (document.isList()) {
      ArrayNode array = NODES.arrayNode();
      document.asList().forEach(each -> array.add(json(each)));
      return array;
    }
    ObjectNode object = NODES.objectNode();
    document.asMap().forEach((key, value) -> object.set(key, json(value)));
    return object;
  }

  private static JsonNode number(SdkNumber number) {
    BigDecimal value = new BigDecimal(number.stringValue());
    return value.scale() <= 0 && value.precision() - value.scale() <= 18
        ? NODES.numberNode(value.longValue())
        : DecimalNode.valueOf(value);
  }

  /** As a document; null for null and for what is missing. */
  public static Document document(JsonNode node) {
    return JsonDocuments.of(node);
  }
}
