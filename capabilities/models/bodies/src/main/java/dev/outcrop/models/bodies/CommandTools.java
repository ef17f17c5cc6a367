package dev.outcrop.models.bodies;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.JsonDocuments;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.Tool;
import software.amazon.awssdk.services.bedrockruntime.model.ToolConfiguration;
import software.amazon.awssdk.services.bedrockruntime.model.ToolInputSchema;
import software.amazon.awssdk.services.bedrockruntime.model.ToolResultBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ToolResultContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ToolSpecification;
import software.amazon.awssdk.services.bedrockruntime.model.ToolUseBlock;

/**
 * Cohere's tools of one conversation. Its calls have no ids: a result repeats the call, and finds
 * the id that the same call was given before. A result whose call was never said gets the call put
 * before it.
 */
final class CommandTools {

  private static final Set<String> CALL = Set.of("name", "parameters");

  private final Conversation conversation;
  private final Map<ObjectNode, String> open = new LinkedHashMap<>();
  private int calls;

  CommandTools(Conversation conversation) {
    this.conversation = conversation;
  }

  /** The calls that the model made in a turn. */
  void calls(Body turn) {
    for (Body call : turn.objects("tool_calls").orElse(List.of())) {
      call(call);
    }
  }

  /** Whether the model waits for an answer to a call. */
  boolean waiting() {
    return !open.isEmpty();
  }

  private String call(Body call) {
    call.only(CALL);
    String id = "call_" + calls++;
    open.put(key(call), id);
    ToolUseBlock use =
        ToolUseBlock.builder()
            .toolUseId(id)
            .name(call.requiredText("name"))
            .input(JsonDocuments.of(parameters(call)))
            .build();
    conversation.say("assistant", List.of(ContentBlock.fromToolUse(use)));
    return id;
  }

  /** What tools answered. */
  void results(Body body) {
    List<ContentBlock> results = new ArrayList<>();
    for (Body result : body.objects("tool_results").orElse(List.of())) {
      result.only(Set.of("call", "outputs"));
      Body call = result.object("call").orElseThrow(() -> result.missing("call")).only(CALL);
      String known = open.remove(key(call));
      results.add(result(known == null ? call(call) : known, result));
      open.remove(key(call));
    }
    conversation.say("user", results);
  }

  private static ContentBlock result(String id, Body result) {
    List<ToolResultContentBlock> outputs =
        result.objects("outputs").orElseThrow(() -> result.missing("outputs")).stream()
            .map(output -> ToolResultContentBlock.fromJson(JsonDocuments.of(output.json())))
            .toList();
    return ContentBlock.fromToolResult(
        ToolResultBlock.builder().toolUseId(id).content(outputs).build());
  }

  private static ObjectNode key(Body call) {
    ObjectNode key = Body.JSON.createObjectNode().put("name", call.requiredText("name"));
    key.set("parameters", parameters(call));
    return key;
  }

  private static ObjectNode parameters(Body call) {
    return call.object("parameters").map(Body::json).orElseGet(Body.JSON::createObjectNode);
  }

  /** The tools, null when there are none. */
  static ToolConfiguration config(Body body) {
    List<Tool> tools =
        body.objects("tools").orElse(List.of()).stream().map(CommandTools::tool).toList();
    return tools.isEmpty() ? null : ToolConfiguration.builder().tools(tools).build();
  }

  private static Tool tool(Body tool) {
    tool.only(Set.of("name", "description", "parameter_definitions"));
    ObjectNode schema = Body.JSON.createObjectNode().put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = Body.JSON.createArrayNode();
    tool.object("parameter_definitions")
        .ifPresent(
            definitions ->
                definitions
                    .json()
                    .fieldNames()
                    .forEachRemaining(
                        name -> {
                          Body definition =
                              definitions.object(name).orElseThrow(() -> definitions.missing(name));
                          properties.set(name, property(definition));
                          if (definition.bool("required").orElse(false)) {
                            required.add(name);
                          }
                        }));
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    return Tool.fromToolSpec(
        ToolSpecification.builder()
            .name(tool.requiredText("name"))
            .description(tool.text("description").orElse(null))
            .inputSchema(ToolInputSchema.fromJson(JsonDocuments.of(schema)))
            .build());
  }

  private static ObjectNode property(Body definition) {
    definition.only(Set.of("description", "type", "required"));
    ObjectNode property = type(definition, definition.requiredText("type").strip());
    definition.text("description").ifPresent(text -> property.put("description", text));
    return property;
  }

  /** A type of Python's, as Cohere names them, as JSON schema does. */
  private static ObjectNode type(Body definition, String type) {
    ObjectNode schema = Body.JSON.createObjectNode();
    String name = type.toLowerCase(Locale.ROOT).replaceAll("\\[.*", "");
    switch (name) {
      case "str", "string" -> schema.put("type", "string");
      case "int", "integer" -> schema.put("type", "integer");
      case "float", "number" -> schema.put("type", "number");
      case "bool", "boolean" -> schema.put("type", "boolean");
      case "dict", "object" -> schema.put("type", "object");
      case "list", "array" -> {
        schema.put("type", "array");
        if (type.endsWith("]")) {
          String element = type.substring(type.indexOf('[') + 1, type.length() - 1);
          schema.set("items", type(definition, element.strip()));
        }
      }
      default -> throw definition.invalid("type", type + " is not a type of Python");
    }
    return schema;
  }
}
