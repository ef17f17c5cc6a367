package dev.outcrop.models;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.wire.SdkJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;

/** Requests and answers as the JSON that travels. */
final class Json {

  private static final JsonMapper MAPPER = new JsonMapper();

  private Json() {}

  /** The body of a request or answer of Converse. */
  static JsonNode body(SdkPojo pojo) {
    ObjectNode body = (ObjectNode) read(SdkJson.write(pojo));
    body.remove("modelId"); // it travels in the path
    return body;
  }

  /** An event under its name. */
  static JsonNode event(ConverseStreamOutput event) {
    return JsonNodeFactory.instance
        .objectNode()
        .set(event.sdkEventType().toString(), read(SdkJson.write((SdkPojo) event)));
  }

  /** A native body; one that is no JSON as its bytes. */
  static JsonNode body(SdkBytes bytes) {
    if (bytes == null) {
      return JsonNodeFactory.instance.nullNode();
    }
    try {
      return MAPPER.readTree(bytes.asByteArrayUnsafe());
    } catch (IOException e) {
      return BinaryNode.valueOf(bytes.asByteArray());
    }
  }

  private static JsonNode read(byte[] json) {
    try {
      return MAPPER.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static SdkBytes bytes(JsonNode body) {
    try {
      return SdkBytes.fromByteArrayUnsafe(MAPPER.writeValueAsBytes(body));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
