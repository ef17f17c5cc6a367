package dev.outcrop.knowledge.ingestion;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.outcrop.knowledge.index.Attribute;
import dev.outcrop.knowledge.index.AttributeJson;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.bedrockagent.model.MetadataAttribute;
import software.amazon.awssdk.services.bedrockagent.model.MetadataAttributeValue;

/**
 * The attributes that a client gives a document: in a file {@code <document>.metadata.json} beside
 * it, {@code {"metadataAttributes": {"year": 2025, "tags": ["a"], "x": {"value": {"type": "STRING",
 * "stringValue": "y"}, "includeForEmbedding": false}}}}, or in the request.
 */
final class Metadata {
  static final String SUFFIX = ".metadata.json";

  /** What AWS takes per metadata file. */
  static final int MOST_BYTES = 10 * 1024;

  private static final JsonFactory JSON = new JsonFactory();

  private Metadata() {}

  static Map<String, Attribute> file(byte[] json) throws DocumentFailure {
    try (JsonParser parser = JSON.createParser(json)) {
      require(parser.nextToken() == JsonToken.START_OBJECT, "it must be a JSON object");
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean found = parser.currentName().equals("metadataAttributes");
        JsonToken value = parser.nextToken();
        if (found) {
          require(value == JsonToken.START_OBJECT, "metadataAttributes must be an object");
          return attributes(parser);
        }
        parser.skipChildren();
      }
      throw new DocumentFailure("The metadata file has no metadataAttributes.");
    } catch (IOException | IllegalArgumentException e) {
      throw new DocumentFailure("The metadata file can't be read: " + e.getMessage(), e);
    }
  }

  private static Map<String, Attribute> attributes(JsonParser json)
      throws IOException, DocumentFailure {
    Map<String, Attribute> attributes = new LinkedHashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = json.currentName();
      boolean typed = json.nextToken() == JsonToken.START_OBJECT;
      attributes.put(key, typed ? typed(key, json) : AttributeJson.value(key, json));
    }
    return attributes;
  }

  private static Attribute typed(String key, JsonParser json) throws IOException, DocumentFailure {
    Attribute result = null;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String member = json.currentName();
      JsonToken value = json.nextToken();
      if (member.equals("value")) {
        require(value == JsonToken.START_OBJECT, "the value of '" + key + "' must be an object");
        Map<String, Attribute> parts = AttributeJson.object(json);
        parts.remove("type");
        require(parts.size() == 1, "'" + key + "' must have exactly one value");
        result = parts.values().iterator().next();
      } else if (member.equals("includeForEmbedding") && value == JsonToken.VALUE_TRUE) {
        throw new DocumentFailure(
            "The metadata attribute '"
                + key
                + "' asks for includeForEmbedding, which Outcrop does not support yet.");
      } else {
        json.skipChildren();
      }
    }
    require(result != null, "'" + key + "' has no value");
    return result;
  }

  static Map<String, Attribute> inline(List<MetadataAttribute> given) throws DocumentFailure {
    Map<String, Attribute> attributes = new LinkedHashMap<>();
    for (MetadataAttribute attribute : given) {
      attributes.put(attribute.key(), value(attribute.key(), attribute.value()));
    }
    return attributes;
  }

  private static Attribute value(String key, MetadataAttributeValue value) throws DocumentFailure {
    Attribute result =
        switch (value.type()) {
          case STRING ->
              value.stringValue() == null ? null : new Attribute.Text(value.stringValue());
          case NUMBER ->
              value.numberValue() == null ? null : new Attribute.Number(value.numberValue());
          case BOOLEAN ->
              value.booleanValue() == null ? null : new Attribute.Flag(value.booleanValue());
          case STRING_LIST ->
              value.hasStringListValue() ? new Attribute.Texts(value.stringListValue()) : null;
          case UNKNOWN_TO_SDK_VERSION -> null;
        };
    require(result != null, "'" + key + "' has no value of its type " + value.typeAsString());
    return result;
  }

  private static void require(boolean condition, String otherwise) throws DocumentFailure {
    if (!condition) {
      throw new DocumentFailure("The metadata is not valid: " + otherwise + ".");
    }
  }
}
