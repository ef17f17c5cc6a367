package dev.outcrop.models.bodies;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.JsonDocuments;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.bedrockruntime.model.Tool;
import software.amazon.awssdk.services.bedrockruntime.model.ToolChoice;
import software.amazon.awssdk.services.bedrockruntime.model.ToolConfiguration;
import software.amazon.awssdk.services.bedrockruntime.model.ToolInputSchema;
import software.amazon.awssdk.services.bedrockruntime.model.ToolSpecification;

/** OpenAI's {@code tools} and {@code tool_choice}. */
final class OpenAiTools {

  private OpenAiTools() {}

  /**
   * The tools, null when there are none. Converse has no word for tools that may not be called:
   * they are left out, or where earlier turns called some, which Converse doesn't take without
   * tools, the provider is told.
   */
  static ToolConfiguration read(Body body, Conversation conversation) {
    List<Tool> tools = new ArrayList<>();
    for (Body tool : body.objects("tools").orElse(List.of())) {
      tools.add(tool(tool));
    }
    if (tools.isEmpty()) {
      if (body.has("tool_choice") && !body.text("tool_choice").orElse("").matches("none|auto")) {
        throw body.invalid("tool_choice", "it is only permitted with tools");
      }
      return null;
    }
    return body.isText("tool_choice")
        ? named(body, tools, conversation)
        : body.object("tool_choice")
            .map(choice -> chosen(choice, tools))
            .orElse(config(tools, null));
  }

  private static ToolConfiguration named(Body body, List<Tool> tools, Conversation conversation) {
    return switch (body.choice("tool_choice", "none", "auto", "required", "any").orElseThrow()) {
      case "none" -> {
        if (!conversation.calledTools()) {
          yield null;
        }
        conversation.more("tool_choice", Body.JSON.getNodeFactory().textNode("none"));
        yield config(tools, null);
      }
      case "auto" -> config(tools, ToolChoice.fromAuto(auto -> {}));
      default -> config(tools, ToolChoice.fromAny(any -> {}));
    };
  }

  private static ToolConfiguration chosen(Body choice, List<Tool> tools) {
    if (choice.choice("type", "function", "allowed_tools").orElse("").equals("allowed_tools")) {
      return allowed(choice, tools);
    }
    String name = functionName(choice.only(Set.of("type", "function")));
    if (tools.stream().noneMatch(tool -> tool.toolSpec().name().equals(name))) {
      throw choice.invalid("function/name", name + " is not one of the tools");
    }
    return config(tools, ToolChoice.fromTool(tool -> tool.name(name)));
  }

  private static ToolConfiguration allowed(Body choice, List<Tool> tools) {
    Body allowed =
        choice
            .only(Set.of("type", "allowed_tools"))
            .object("allowed_tools")
            .orElseThrow(() -> choice.missing("allowed_tools"))
            .only(Set.of("mode", "tools"));
    Set<String> names =
        allowed.objects("tools").orElse(List.of()).stream()
            .map(tool -> functionName(typed(tool)))
            .collect(Collectors.toSet());
    List<Tool> kept = tools.stream().filter(t -> names.contains(t.toolSpec().name())).toList();
    if (kept.isEmpty()) {
      throw allowed.invalid("tools", "none of them is one of the tools");
    }
    boolean required = allowed.choice("mode", "auto", "required").orElse("auto").equals("required");
    return config(kept, required ? ToolChoice.fromAny(any -> {}) : ToolChoice.fromAuto(auto -> {}));
  }

  private static Body typed(Body tool) {
    tool.only(Set.of("type", "function")).choice("type", "function");
    return tool;
  }

  private static String functionName(Body choice) {
    return choice
        .object("function")
        .orElseThrow(() -> choice.missing("function"))
        .only(Set.of("name"))
        .requiredText("name");
  }

  private static ToolConfiguration config(List<Tool> tools, ToolChoice choice) {
    return ToolConfiguration.builder().tools(tools).toolChoice(choice).build();
  }

  private static Tool tool(Body tool) {
    Body function = typed(tool).object("function").orElseThrow(() -> tool.missing("function"));
    function.only(Set.of("name", "description", "parameters", "strict"));
    ObjectNode parameters =
        function.object("parameters").map(Body::json).orElseGet(OpenAiTools::noParameters);
    return Tool.fromToolSpec(
        ToolSpecification.builder()
            .name(function.requiredText("name"))
            .description(function.text("description").orElse(null))
            .inputSchema(ToolInputSchema.fromJson(JsonDocuments.of(parameters)))
            .strict(function.bool("strict").orElse(null))
            .build());
  }

  private static ObjectNode noParameters() {
    ObjectNode schema = Body.JSON.createObjectNode().put("type", "object");
    schema.putObject("properties");
    return schema;
  }
}
