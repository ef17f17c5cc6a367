package dev.outcrop.models.llama;

import static dev.outcrop.models.llama.Refusals.allowOnly;
import static dev.outcrop.models.llama.Refusals.invalid;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Set;
import software.amazon.awssdk.services.bedrockruntime.model.JsonSchemaDefinition;
import software.amazon.awssdk.services.bedrockruntime.model.OutputConfig;
import software.amazon.awssdk.services.bedrockruntime.model.OutputFormatType;

/**
 * The JSON that an answer must be.
 *
 * @param schema as it was sent
 * @param form what it asks for
 */
record OutputSchema(String schema, Form form) {
  private static final String PATH = "outputConfig.textFormat.";
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  /** What a request asks for; null when nothing. */
  static OutputSchema of(OutputConfig config, Tools tools) {
    if (config == null || config.textFormat() == null) {
      if (config != null) {
        allowOnly(config, "outputConfig.", Set.of("textFormat"));
      }
      return null;
    }
    allowOnly(config, "outputConfig.", Set.of("textFormat"));
    if (config.textFormat().type() != OutputFormatType.JSON_SCHEMA) {
      throw invalid("The value at " + PATH + "type must be json_schema.");
    }
    if (!tools.none()) {
      throw invalid(
          "This model doesn't support outputConfig.textFormat together with toolConfig. Remove one"
              + " of them and try again.");
    }
    JsonSchemaDefinition definition =
        config.textFormat().structure() == null
            ? null
            : config.textFormat().structure().jsonSchema();
    if (definition == null || definition.schema() == null) {
      throw invalid("The field " + PATH + "structure.jsonSchema.schema is missing.");
    }
    JsonNode schema;
    try {
      schema = JSON.readTree(definition.schema());
    } catch (JsonProcessingException e) {
      throw invalid("The value at " + PATH + "structure.jsonSchema.schema is not JSON.");
    }
    return new OutputSchema(
        definition.schema(), Form.of(schema, PATH + "structure.jsonSchema.schema"));
  }

  /** What the model is told. */
  String instructions() {
    return "Answer with JSON only. It must follow this JSON schema:\n" + schema;
  }
}
