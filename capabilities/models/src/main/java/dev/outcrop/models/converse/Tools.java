package dev.outcrop.models.converse;

import dev.outcrop.models.RuntimeErrors;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.bedrockruntime.model.Tool;
import software.amazon.awssdk.services.bedrockruntime.model.ToolChoice;
import software.amazon.awssdk.services.bedrockruntime.model.ToolConfiguration;
import software.amazon.awssdk.services.bedrockruntime.model.ToolSpecification;

/** Checks {@code toolConfig}. */
final class Tools {

  private Tools() {}

  static void check(ToolConfiguration config, Attached attached) {
    if (config == null) {
      return;
    }
    Set<String> names = new HashSet<>();
    List<Tool> tools = config.tools();
    for (int i = 0; i < tools.size(); i++) {
      Tool tool = tools.get(i);
      String at = "toolConfig.tools." + i;
      switch (tool.type()) {
        case TOOL_SPEC -> {
          schema(tool.toolSpec(), at);
          name(tool.toolSpec().name(), names);
        }
        case SYSTEM_TOOL -> name(tool.systemTool().name(), names);
        case CACHE_POINT -> attached.cachePoint();
        case UNKNOWN_TO_SDK_VERSION ->
            throw Blocks.noKey("Tool", at, "toolSpec, systemTool, cachePoint");
      }
    }
    choice(config.toolChoice(), names);
  }

  private static void name(String name, Set<String> names) {
    if (!names.add(name)) {
      throw RuntimeErrors.invalid(
          "The toolConfig field contains the tool name '"
              + name
              + "' more than once. Give every tool a name of its own and try again.");
    }
  }

  private static void schema(ToolSpecification tool, String at) {
    Document json = tool.inputSchema() == null ? null : tool.inputSchema().json();
    Blocks.object(json, at + ".toolSpec.inputSchema.json");
    Document type = json.asMap().get("type");
    if (type == null || !type.isString() || !type.asString().equals("object")) {
      throw RuntimeErrors.invalid(
          "The value at "
              + at
              + ".toolSpec.inputSchema.json.type must be one of the following: object.");
    }
  }

  private static void choice(ToolChoice choice, Set<String> names) {
    if (choice == null) {
      return;
    }
    if (choice.type() == ToolChoice.Type.UNKNOWN_TO_SDK_VERSION) {
      throw Blocks.noKey("ToolChoice", "toolConfig.toolChoice", "auto, any, tool");
    }
    if (choice.tool() != null && !names.contains(choice.tool().name())) {
      throw RuntimeErrors.invalid(
          "The tool '"
              + choice.tool().name()
              + "' at toolConfig.toolChoice.tool.name is not in toolConfig.tools. Name one that is"
              + " and try again.");
    }
  }
}
