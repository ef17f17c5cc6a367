package dev.outcrop.models.openai;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.JsonDocuments;
import dev.outcrop.models.RuntimeErrors;
import software.amazon.awssdk.services.bedrockruntime.model.Tool;
import software.amazon.awssdk.services.bedrockruntime.model.ToolChoice;
import software.amazon.awssdk.services.bedrockruntime.model.ToolConfiguration;
import software.amazon.awssdk.services.bedrockruntime.model.ToolSpecification;

/** {@code toolConfig} as {@code tools} and {@code tool_choice}. */
final class Tools {

  private Tools() {}

  static void put(ToolConfiguration config, ObjectNode body, ChatOptions options) {
    ArrayNode tools = Json.array();
    for (int i = 0; i < config.tools().size(); i++) {
      Tool tool = config.tools().get(i);
      switch (tool.type()) {
        case TOOL_SPEC -> add(tools, tool.toolSpec());
        case CACHE_POINT -> {}
        default -> throw Refusals.field("toolConfig.tools." + i + "." + Names.of(tool));
      }
    }
    if (!tools.isEmpty()) {
      body.set("tools", tools);
    }
    if (config.toolChoice() != null) {
      choose(config.toolChoice(), body, options);
    }
  }

  private static void add(ArrayNode tools, ToolSpecification spec) {
    ObjectNode function =
        tools.addObject().put("type", "function").putObject("function").put("name", spec.name());
    if (spec.description() != null) {
      function.put("description", spec.description());
    }
    if (spec.inputSchema() != null && spec.inputSchema().json() != null) {
      function.set("parameters", JsonDocuments.json(spec.inputSchema().json()));
    }
    if (spec.strict() != null) {
      function.put("strict", spec.strict());
    }
  }

  private static void choose(ToolChoice choice, ObjectNode body, ChatOptions options) {
    if (choice.auto() != null) {
      body.put("tool_choice", "auto");
    } else if (!options.toolChoice()) {
      throw RuntimeErrors.invalid(
          "This model doesn't support the toolConfig.toolChoice."
              + Names.of(choice)
              + " field. Remove "
              + Names.of(choice)
              + " and try again.");
    } else if (choice.any() != null) {
      body.put("tool_choice", "required");
    } else if (choice.tool() != null) {
      body.putObject("tool_choice")
          .put("type", "function")
          .putObject("function")
          .put("name", choice.tool().name());
    } else {
      throw Refusals.invalid("toolConfig.toolChoice", "must be one of auto, any and tool");
    }
  }
}
