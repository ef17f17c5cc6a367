package dev.outcrop.models.compatible;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.bodies.Body;
import java.util.List;
import java.util.Set;

/** Tools, their choice and the form of the text, as a chat completion has them. */
final class ResponseTools {

  private ResponseTools() {}

  static void read(Body body, ObjectNode chat) {
    List<Body> tools = body.objects("tools").orElse(List.of());
    if (!tools.isEmpty()) {
      ArrayNode functions = chat.putArray("tools");
      tools.forEach(tool -> functions.add(tool(tool)));
    }
    if (body.isText("tool_choice")) {
      chat.put("tool_choice", body.requiredText("tool_choice"));
    } else {
      body.object("tool_choice").ifPresent(choice -> chat.set("tool_choice", choice(choice)));
    }
  }

  private static ObjectNode tool(Body tool) {
    function(tool);
    ObjectNode function = inner(tool, Set.of("name", "description", "parameters", "strict"));
    return wrapped(function);
  }

  private static void function(Body tool) {
    String type = tool.requiredText("type");
    if (!type.equals("function")) {
      throw tool.unsupported(
          "type", type + " is a tool that this server doesn't run, there are functions");
    }
  }

  private static ObjectNode choice(Body choice) {
    if (choice.text("type").orElse("").equals("allowed_tools")) {
      choice.only(Set.of("type", "mode", "tools"));
      ObjectNode allowed = Json.object().put("type", "allowed_tools");
      ObjectNode inner = allowed.putObject("allowed_tools");
      choice.text("mode").ifPresent(mode -> inner.put("mode", mode));
      ArrayNode tools = inner.putArray("tools");
      choice.objects("tools").orElse(List.of()).forEach(tool -> tools.add(named(tool)));
      return allowed;
    }
    return named(choice);
  }

  private static ObjectNode named(Body choice) {
    function(choice);
    return wrapped(inner(choice, Set.of("name")));
  }

  private static ObjectNode inner(Body tool, Set<String> keys) {
    ObjectNode inner = tool.json().deepCopy();
    inner.remove("type");
    Body.of(inner).only(keys);
    return inner;
  }

  private static ObjectNode wrapped(ObjectNode function) {
    ObjectNode wrapped = Json.object().put("type", "function");
    wrapped.set("function", function);
    return wrapped;
  }

  /** The key {@code text}: the form of the answer, and how much of it. */
  static void text(Body body, ObjectNode chat) {
    body.object("text").ifPresent(text -> form(text.only(Set.of("format", "verbosity")), chat));
  }

  private static void form(Body text, ObjectNode chat) {
    text.text("verbosity").ifPresent(verbosity -> chat.put("verbosity", verbosity));
    text.object("format")
        .ifPresent(
            format -> {
              ObjectNode schema = format.json().deepCopy();
              schema.remove("type");
              ObjectNode chosen = chat.putObject("response_format");
              chosen.put("type", format.requiredText("type"));
              if (!schema.isEmpty()) {
                chosen.set("json_schema", schema);
              }
            });
  }
}
