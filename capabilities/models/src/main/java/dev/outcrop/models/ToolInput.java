package dev.outcrop.models;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.bedrockruntime.model.ModelErrorException;

/** Reads the input of a tool that a model wrote. */
final class ToolInput {

  private static final JsonMapper JSON = new JsonMapper();

  private ToolInput() {}

  /** Nothing is the empty object: a tool without parameters. */
  static Document read(String json) {
    try {
      return json.isBlank() ? Document.mapBuilder().build() : JsonDocuments.of(JSON.readTree(json));
    } catch (JsonProcessingException e) {
      throw ModelErrorException.builder()
          .message("The model wrote a tool input that is not valid JSON.")
          .cause(e)
          .build();
    }
  }
}
