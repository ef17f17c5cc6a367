package dev.outcrop.conformance.clients;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.utils.builder.Buildable;

/** The Java SDK's classes as the JSON of the other clients: by the member names of AWS's models. */
final class Pojos {
  private Pojos() {}

  private static Document document(JsonNode json) {
    return json.isNumber()
        ? Document.fromNumber(json.decimalValue())
        : Document.fromString(json.textValue());
  }

  /** Fills a builder, and refuses members that its class does not have. */
  static Object build(SdkPojo builder, JsonNode json) {
    Map<String, SdkField<?>> fields = new LinkedHashMap<>();
    builder.sdkFields().forEach(field -> fields.put(field.memberName(), field));
    for (Map.Entry<String, JsonNode> member : json.properties()) {
      SdkField<?> field = fields.get(member.getKey());
      if (field == null) {
        throw new IllegalArgumentException(builder.getClass() + " has no " + member.getKey());
      }
      field.set(builder, value(field, member.getValue()));
    }
    return ((Buildable) builder).build();
  }

  private static Object value(SdkField<?> field, JsonNode json) {
    MarshallingType<?> type = field.marshallingType();
    if (type == MarshallingType.SDK_POJO) {
      return build(field.constructor().get(), json);
    } else if (type == MarshallingType.LIST) {
      List<Object> items = new ArrayList<>();
      SdkField<?> item = field.getTrait(ListTrait.class).memberFieldInfo();
      json.forEach(i -> items.add(value(item, i)));
      return items;
    } else if (type == MarshallingType.MAP) {
      Map<String, Object> entries = new LinkedHashMap<>();
      SdkField<?> item = field.getTrait(MapTrait.class).valueFieldInfo();
      json.properties().forEach(e -> entries.put(e.getKey(), value(item, e.getValue())));
      return entries;
    } else if (type == MarshallingType.SDK_BYTES) {
      return SdkBytes.fromByteArray(Blobs.given(json));
    } else if (type == MarshallingType.DOCUMENT) {
      return document(json);
    }
    return scalar(type, json);
  }

  private static Object scalar(MarshallingType<?> type, JsonNode json) {
    if (type == MarshallingType.INTEGER) {
      return json.intValue();
    } else if (type == MarshallingType.LONG) {
      return json.longValue();
    } else if (type == MarshallingType.FLOAT) {
      return json.floatValue();
    } else if (type == MarshallingType.DOUBLE) {
      return json.doubleValue();
    } else if (type == MarshallingType.BOOLEAN) {
      return json.booleanValue();
    } else if (type == MarshallingType.INSTANT) {
      return Instant.parse(json.textValue());
    } else if (type == MarshallingType.STRING) {
      return json.textValue();
    }
    throw new IllegalArgumentException("no scenario needs " + type);
  }

  /** Shows what is set of an object. */
  static ObjectNode show(SdkPojo pojo) {
    ObjectNode json = Json.object();
    for (SdkField<?> field : pojo.sdkFields()) {
      Object value = field.getValueOrDefault(pojo);
      if (value != null
          && !(value instanceof SdkAutoConstructList)
          && !(value instanceof SdkAutoConstructMap)) {
        json.set(field.memberName(), shown(value));
      }
    }
    return json;
  }

  private static JsonNode shown(Object value) {
    return switch (value) {
      case SdkPojo pojo -> show(pojo);
      case SdkBytes bytes -> Blobs.shown(bytes.asByteArray());
      case Document document -> Json.MAPPER.valueToTree(document.unwrap());
      case Instant instant -> Json.MAPPER.getNodeFactory().textNode(instant.toString());
      // Parsed JSON has the smallest type that fits, and tests compare with parsed JSON.
      case Long number when number == number.intValue() ->
          Json.MAPPER.getNodeFactory().numberNode(number.intValue());
      case Collection<?> items -> {
        ArrayNode array = Json.MAPPER.createArrayNode();
        items.forEach(item -> array.add(shown(item)));
        yield array;
      }
      case Map<?, ?> entries -> {
        ObjectNode object = Json.object();
        entries.forEach((name, entry) -> object.set(name.toString(), shown(entry)));
        yield object;
      }
      default -> Json.MAPPER.valueToTree(value);
    };
  }
}
