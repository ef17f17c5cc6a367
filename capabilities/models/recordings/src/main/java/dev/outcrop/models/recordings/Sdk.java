package dev.outcrop.models.recordings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.outcrop.wire.SdkJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;

/** The SDK's classes and bodies as JSON and back. */
final class Sdk {
  /** Keeps numbers as they were written: a body goes on to the client, digit by digit. */
  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  /** Before base64, in bodies that are no JSON. */
  private static final String BASE64 = "base64:";

  private Sdk() {}

  static JsonNode json(SdkPojo pojo) {
    try {
      return MAPPER.readTree(SdkJson.write(pojo));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @SuppressWarnings("TypeParameterUnusedInFormals")
  static <T extends SdkPojo> T pojo(JsonNode json, Supplier<? extends SdkPojo> builder) {
    return SdkJson.read(bytes(json), builder);
  }

  /** As it is when it comes from a file. */
  static JsonNode reread(JsonNode json) {
    try {
      return MAPPER.readTree(bytes(json));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(JsonNode json) {
    try {
      return MAPPER.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An event under its name. */
  static JsonNode event(ConverseStreamOutput event) {
    return JsonNodeFactory.instance
        .objectNode()
        .set(event.sdkEventType().toString(), json((SdkPojo) event));
  }

  static ConverseStreamOutput event(JsonNode json) {
    String name = json.fieldNames().next();
    Supplier<? extends SdkPojo> builder =
        switch (name) {
          case "messageStart" -> ConverseStreamOutput::messageStartBuilder;
          case "contentBlockStart" -> ConverseStreamOutput::contentBlockStartBuilder;
          case "contentBlockDelta" -> ConverseStreamOutput::contentBlockDeltaBuilder;
          case "contentBlockStop" -> ConverseStreamOutput::contentBlockStopBuilder;
          case "messageStop" -> ConverseStreamOutput::messageStopBuilder;
          case "metadata" -> ConverseStreamOutput::metadataBuilder;
          default -> throw new IllegalStateException("A recording has an unknown event: " + name);
        };
    SdkPojo event = pojo(json.get(name), builder);
    return (ConverseStreamOutput) event;
  }

  /** A native body as the JSON that it is; one that is none in base64. */
  static JsonNode body(SdkBytes body) {
    if (body == null) {
      return JsonNodeFactory.instance.nullNode();
    }
    try {
      JsonNode json = MAPPER.readTree(body.asByteArrayUnsafe());
      return json.isContainerNode() ? json : encoded(body);
    } catch (IOException e) {
      return encoded(body);
    }
  }

  private static JsonNode encoded(SdkBytes body) {
    return TextNode.valueOf(BASE64 + BinaryNode.valueOf(body.asByteArrayUnsafe()).asText());
  }

  static SdkBytes body(JsonNode json) {
    if (json == null || json.isNull()) {
      return null;
    }
    return SdkBytes.fromByteArrayUnsafe(
        json.isTextual()
            ? Base64.getDecoder().decode(json.textValue().substring(BASE64.length()))
            : bytes(json));
  }
}
