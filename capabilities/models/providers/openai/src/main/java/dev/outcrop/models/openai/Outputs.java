package dev.outcrop.models.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.JsonSchemaDefinition;
import software.amazon.awssdk.services.bedrockruntime.model.OutputConfig;
import software.amazon.awssdk.services.bedrockruntime.model.OutputFormat;

/** What the answer is to look like, and how soon it is wanted. */
final class Outputs {

  private Outputs() {}

  static void put(ConverseStreamRequest request, ObjectNode body, ChatOptions options) {
    OutputConfig output = request.outputConfig();
    if (output != null && output.textFormat() != null) {
      format(output.textFormat(), body);
    }
    if (output != null && output.effort() != null) {
      body.put("reasoning_effort", output.effort());
    }
    Tier.put(request, body, options);
  }

  private static void format(OutputFormat format, ObjectNode body) {
    JsonSchemaDefinition definition =
        format.structure() == null ? null : format.structure().jsonSchema();
    if (definition == null || definition.schema() == null) {
      throw Refusals.invalid("outputConfig.textFormat", "must have structure.jsonSchema.schema");
    }
    ObjectNode schema =
        body.putObject("response_format").put("type", "json_schema").putObject("json_schema");
    schema.put("name", definition.name() == null ? "answer" : definition.name());
    if (definition.description() != null) {
      schema.put("description", definition.description());
    }
    try {
      schema.set("schema", Json.MAPPER.readTree(definition.schema()));
    } catch (JsonProcessingException e) {
      throw Refusals.invalid(
          "outputConfig.textFormat.structure.jsonSchema.schema", "is not valid JSON");
    }
    schema.put("strict", true);
  }
}
