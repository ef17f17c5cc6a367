package dev.outcrop.models.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.RuntimeErrors;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.JsonSchemaDefinition;
import software.amazon.awssdk.services.bedrockruntime.model.OutputConfig;
import software.amazon.awssdk.services.bedrockruntime.model.OutputFormat;

/** What the answer is to look like, and how soon it is wanted. */
final class Outputs {

  private static final String TIER = "service_tier";

  private Outputs() {}

  static void put(ConverseStreamRequest request, ObjectNode body, ChatOptions options) {
    OutputConfig output = request.outputConfig();
    if (output != null && output.textFormat() != null) {
      format(output.textFormat(), body);
    }
    if (output != null && output.effort() != null) {
      body.put("reasoning_effort", output.effort());
    }
    if (request.serviceTier() != null) {
      tier(request.serviceTier().typeAsString(), body, options);
    }
    if (request.performanceConfig() != null
        && "optimized".equals(request.performanceConfig().latencyAsString())) {
      if (options.server() != Server.OPENAI) {
        throw RuntimeErrors.invalid(
            "Latency performance configuration is not supported for this model: 'optimized',"
                + " expected standard.");
      }
      // What OpenAI sells as faster answers.
      if (body.has(TIER) && !body.get(TIER).textValue().equals("priority")) {
        throw RuntimeErrors.invalid(
            "performanceConfig.latency 'optimized' and serviceTier '%s' can't both be had."
                .formatted(body.get(TIER).textValue()));
      }
      body.put(TIER, "priority");
    }
  }

  private static void tier(String tier, ObjectNode body, ChatOptions options) {
    boolean known = "default".equals(tier) || "priority".equals(tier) || "flex".equals(tier);
    if (options.server() == Server.OPENAI && known) {
      body.put(TIER, tier);
    } else if (!"default".equals(tier)) {
      throw RuntimeErrors.invalid(
          "The service tier '" + tier + "' is not supported for this model, expected default.");
    }
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
