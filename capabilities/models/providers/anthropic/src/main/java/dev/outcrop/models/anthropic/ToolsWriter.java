package dev.outcrop.models.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.JsonDocuments;
import dev.outcrop.models.RuntimeErrors;
import software.amazon.awssdk.services.bedrockruntime.model.Tool;
import software.amazon.awssdk.services.bedrockruntime.model.ToolChoice;
import software.amazon.awssdk.services.bedrockruntime.model.ToolConfiguration;
import software.amazon.awssdk.services.bedrockruntime.model.ToolSpecification;

/** Writes tools and how they are chosen. */
final class ToolsWriter {

  private ToolsWriter() {}

  static void write(ToolConfiguration config, ObjectNode body) {
    if (config == null) {
      return;
    }
    ArrayNode tools = body.putArray("tools");
    ObjectNode last = null;
    for (Tool tool : config.tools()) {
      switch (tool.type()) {
        case TOOL_SPEC -> {
          last = specified(tool.toolSpec());
          tools.add(last);
        }
        case CACHE_POINT -> CachePoints.write(tool.cachePoint(), last, "toolConfig.tools");
        case SYSTEM_TOOL -> throw BlockWriter.unsupported("systemTool");
        case UNKNOWN_TO_SDK_VERSION ->
            throw RuntimeErrors.invalid("A tool has neither toolSpec nor cachePoint.");
      }
    }
    if (config.toolChoice() != null) {
      body.set("tool_choice", choice(config.toolChoice()));
    }
  }

  private static ObjectNode specified(ToolSpecification specification) {
    ObjectNode tool = Json.object().put("name", specification.name());
    if (specification.description() != null) {
      tool.put("description", specification.description());
    }
    tool.set("input_schema", JsonDocuments.json(specification.inputSchema().json()));
    if (specification.strict() != null) {
      tool.put("strict", specification.strict());
    }
    return tool;
  }

  private static ObjectNode choice(ToolChoice choice) {
    return switch (choice.type()) {
      case AUTO -> Json.object().put("type", "auto");
      case ANY -> Json.object().put("type", "any");
      case TOOL -> Json.object().put("type", "tool").put("name", choice.tool().name());
      case UNKNOWN_TO_SDK_VERSION ->
          throw RuntimeErrors.invalid("toolConfig.toolChoice must be auto, any or tool.");
    };
  }

  /** Makes the model answer by the input of a tool that has the answer's schema. */
  static void answerTool(JsonNode schema, ObjectNode body) {
    if (body.has("tools")) {
      throw RuntimeErrors.invalid(
          "This model doesn't support outputConfig.textFormat together with toolConfig. Remove one"
              + " of them and try again.");
    }
    body.putArray("tools")
        .addObject()
        .put("name", RequestWriter.ANSWER_TOOL)
        .put("description", "Gives the answer.")
        .set("input_schema", schema);
    body.putObject("tool_choice").put("type", "tool").put("name", RequestWriter.ANSWER_TOOL);
  }
}
