package dev.outcrop.models.anthropic;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.JsonDocuments;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.bedrockruntime.model.AnyToolChoice;
import software.amazon.awssdk.services.bedrockruntime.model.AutoToolChoice;
import software.amazon.awssdk.services.bedrockruntime.model.SpecificToolChoice;
import software.amazon.awssdk.services.bedrockruntime.model.Tool;
import software.amazon.awssdk.services.bedrockruntime.model.ToolChoice;
import software.amazon.awssdk.services.bedrockruntime.model.ToolConfiguration;
import software.amazon.awssdk.services.bedrockruntime.model.ToolInputSchema;
import software.amazon.awssdk.services.bedrockruntime.model.ToolSpecification;

/**
 * Reads tools and how they are chosen. Tools that Converse's specification can't say (those that
 * the model knows by their type, those with examples) go on as they are in {@code
 * additionalModelRequestFields}, which is where Bedrock takes them, too.
 */
final class ToolsReader {

  private static final Set<String> SAYABLE =
      Set.of("type", "name", "description", "input_schema", "strict", CachePoints.KEY);
  private static final Set<String> KEYS =
      Set.of(
          "type",
          "name",
          "description",
          "input_schema",
          "strict",
          "defer_loading",
          "allowed_callers",
          "eager_input_streaming",
          "input_examples",
          CachePoints.KEY);
  private static final Set<String> CHOICE = Set.of("type", "disable_parallel_tool_use");

  private ToolsReader() {}

  /**
   * The tools of a body.
   *
   * @param more receives what Converse has no field for
   * @return null when there are none
   */
  static ToolConfiguration read(Fields body, ObjectNode more) {
    List<Tool> tools = new ArrayList<>();
    ArrayNode others = Json.array();
    for (Fields tool : body.objects("tools")) {
      add(tool, tools, others);
    }
    if (!others.isEmpty()) {
      more.set("tools", others);
    }
    ToolChoice choice = body.object("tool_choice").map(c -> choice(c, more)).orElse(null);
    if (choice != null && !choosable(choice, tools)) {
      more.set("tool_choice", body.required("tool_choice"));
      more.remove("parallel_tool_calls"); // is in there
      choice = null;
    }
    return tools.isEmpty() && others.isEmpty()
        ? null
        : ToolConfiguration.builder().tools(tools).toolChoice(choice).build();
  }

  /** Whether Converse can say the choice: it is among its own tools. */
  private static boolean choosable(ToolChoice choice, List<Tool> tools) {
    return !tools.isEmpty()
        && (choice.tool() == null
            || tools.stream()
                .anyMatch(
                    tool ->
                        tool.toolSpec() != null
                            && tool.toolSpec().name().equals(choice.tool().name())));
  }

  private static void add(Fields tool, List<Tool> tools, ArrayNode others) {
    boolean custom = tool.text("type").map("custom"::equals).orElse(true);
    if (custom) {
      tool.only(KEYS).requiredText("name");
      tool.requiredObject("input_schema");
    }
    if (custom && sayable(tool)) {
      tools.add(Tool.fromToolSpec(specification(tool)));
      CachePoints.read(tool).ifPresent(point -> tools.add(Tool.fromCachePoint(point)));
    } else {
      others.add(tool.node());
    }
  }

  private static boolean sayable(Fields tool) {
    return tool.node().properties().stream()
        .allMatch(field -> field.getValue().isNull() || SAYABLE.contains(field.getKey()));
  }

  private static ToolSpecification specification(Fields tool) {
    return ToolSpecification.builder()
        .name(tool.requiredText("name"))
        .description(tool.text("description").orElse(null))
        .inputSchema(ToolInputSchema.fromJson(JsonDocuments.of(tool.required("input_schema"))))
        .strict(tool.bool("strict").orElse(null))
        .build();
  }

  private static ToolChoice choice(Fields choice, ObjectNode more) {
    String type = choice.requiredText("type");
    choice
        .bool("disable_parallel_tool_use")
        .ifPresent(disabled -> more.put("parallel_tool_calls", !disabled));
    switch (type) {
      case "auto":
        choice.only(CHOICE);
        return ToolChoice.fromAuto(AutoToolChoice.builder().build());
      case "any":
        choice.only(CHOICE);
        return ToolChoice.fromAny(AnyToolChoice.builder().build());
      case "tool":
        choice.only(Set.of("type", "disable_parallel_tool_use", "name"));
        return ToolChoice.fromTool(
            SpecificToolChoice.builder().name(choice.requiredText("name")).build());
      case "none":
        choice.only(Set.of("type"));
        more.put("tool_choice", "none");
        return null;
      default:
        throw choice.invalid("type", type + " is not a valid enum value");
    }
  }
}
