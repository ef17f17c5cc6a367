package dev.outcrop.models.anthropic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.RuntimeErrors;
import dev.outcrop.models.anthropic.AnthropicOptions.StructuredOutput;
import java.util.List;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InferenceConfiguration;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.OutputConfig;
import software.amazon.awssdk.services.bedrockruntime.model.SystemContentBlock;

/** Writes requests as Anthropic's Messages API takes them. */
final class RequestWriter {

  /** The tool whose input is the answer where a model can't follow a schema by itself. */
  static final String ANSWER_TOOL = "answer";

  private final ConverseStreamRequest request;
  private final AnthropicOptions options;
  private final ObjectNode body = Json.object();

  private RequestWriter(ConverseStreamRequest request, AnthropicOptions options) {
    this.request = request;
    this.options = options;
  }

  /**
   * The body.
   *
   * @param betas receives the beta features that the request asks for
   */
  static ObjectNode write(
      ConverseStreamRequest request, AnthropicOptions options, List<String> betas) {
    RequestWriter writer = new RequestWriter(request, options);
    writer.body.put("model", options.model());
    writer.messages();
    writer.system();
    writer.inference();
    ToolsWriter.write(request.toolConfig(), writer.body);
    writer.output();
    Tier.put(request, writer.body);
    if (request.additionalModelRequestFields() != null) {
      MoreFields.add(request.additionalModelRequestFields(), writer.body, betas);
    }
    return writer.body;
  }

  private void messages() {
    ArrayNode messages = body.putArray("messages");
    for (Message message : request.messages()) {
      messages
          .addObject()
          .put("role", message.roleAsString())
          .set("content", BlockWriter.write(message.content()));
    }
  }

  private void system() {
    if (!request.hasSystem() || request.system().isEmpty()) {
      return;
    }
    ArrayNode system = body.putArray("system");
    ObjectNode last = null;
    for (SystemContentBlock block : request.system()) {
      if (block.cachePoint() != null) {
        CachePoints.write(block.cachePoint(), last, "system");
      } else {
        last =
            block.guardContent() == null
                ? BlockWriter.text(block.text())
                : BlockWriter.guarded(block.guardContent());
        system.add(last);
      }
    }
  }

  private void inference() {
    InferenceConfiguration config = request.inferenceConfig();
    if (config == null) {
      return;
    }
    if (config.maxTokens() != null) {
      body.put("max_tokens", config.maxTokens());
    }
    if (config.temperature() != null) {
      body.put("temperature", Json.decimal(config.temperature()));
    }
    if (config.topP() != null) {
      body.put("top_p", Json.decimal(config.topP()));
    }
    if (!config.stopSequences().isEmpty()) {
      ArrayNode stops = body.putArray("stop_sequences");
      config.stopSequences().forEach(stops::add);
    }
  }

  private void output() {
    OutputConfig output = request.outputConfig();
    if (output == null) {
      return;
    }
    if (output.effort() != null) {
      body.withObject("/output_config").put("effort", output.effort());
    }
    if (output.textFormat() == null) {
      return;
    }
    if (options.structuredOutput() == StructuredOutput.NATIVE) {
      body.withObject("/output_config").set("format", format(output));
    } else {
      ToolsWriter.answerTool(schema(output), body);
    }
  }

  /** The format of an answer, as Anthropic says it. */
  static ObjectNode format(OutputConfig output) {
    ObjectNode format = Json.object().put("type", "json_schema");
    format.set("schema", schema(output));
    return format;
  }

  private static JsonNode schema(OutputConfig output) {
    if (output.textFormat().structure() == null
        || output.textFormat().structure().jsonSchema() == null) {
      throw RuntimeErrors.invalid("outputConfig.textFormat has no structure.jsonSchema.");
    }
    try {
      return Json.MAPPER.readTree(output.textFormat().structure().jsonSchema().schema());
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw RuntimeErrors.invalid(
          "outputConfig.textFormat.structure.jsonSchema.schema is not valid JSON.");
    }
  }

  /** Whether the answer comes as the input of {@link #ANSWER_TOOL}. */
  static boolean answersByTool(ConverseStreamRequest request, AnthropicOptions options) {
    return options.structuredOutput() == StructuredOutput.TOOL
        && request.outputConfig() != null
        && request.outputConfig().textFormat() != null;
  }
}
