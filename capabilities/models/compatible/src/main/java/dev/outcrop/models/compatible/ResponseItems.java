package dev.outcrop.models.compatible;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.bodies.Body;
import java.util.List;
import java.util.Set;

/** Input items of the Responses API, checked and in the form that they are stored in. */
final class ResponseItems {

  private static final Set<String> MESSAGE =
      Set.of("type", "role", "content", "id", "status", "phase");
  private static final Set<String> CALL =
      Set.of("type", "call_id", "name", "arguments", "id", "status");
  private static final Set<String> OUTPUT = Set.of("type", "call_id", "output", "id", "status");
  private static final Set<String> REASONING =
      Set.of("type", "id", "summary", "content", "encrypted_content", "status");

  private ResponseItems() {}

  /** The input, which is a text or a list of items. */
  static ArrayNode read(Body body) {
    ArrayNode items = Json.array();
    if (body.isText("input")) {
      items.add(message("user", text("input_text", body.prompt("input"))));
      return items;
    }
    List<Body> sent = body.objects("input").orElseThrow(() -> body.missing("input"));
    if (sent.isEmpty()) {
      throw body.invalid("input", "expected a text, or a list of items that is not empty");
    }
    sent.forEach(item -> items.add(item(item)));
    return items;
  }

  private static ObjectNode item(Body item) {
    String type = item.text("type").orElse("message");
    return switch (type) {
      case "message" -> message(item.only(MESSAGE));
      case "function_call" -> kept(item.only(CALL), "fc_", "call_id", "name", "arguments");
      case "function_call_output" -> kept(item.only(OUTPUT), "fco_", "call_id");
      case "reasoning" -> kept(item.only(REASONING), "rs_");
      case "item_reference" ->
          throw item.unsupported("type", "send the item itself, or use previous_response_id");
      default ->
          throw item.unsupported(
              "type",
              type
                  + " is of a tool that this server doesn't run; there are message, function_call,"
                  + " function_call_output and reasoning");
    };
  }

  private static ObjectNode kept(Body item, String prefix, String... required) {
    for (String key : required) {
      item.requiredText(key);
    }
    ObjectNode kept = item.json().deepCopy();
    if (item.text("id").isEmpty()) {
      kept.put("id", ResponseIds.of(prefix));
    }
    return kept.put("status", item.text("status").orElse("completed"));
  }

  private static ObjectNode message(Body item) {
    String role = item.requiredText("role");
    if (!item.isText("content")) {
      ObjectNode kept = kept(item, "msg_");
      kept.set(
          "content", item.json("content").orElseThrow(() -> item.missing("content")).deepCopy());
      return kept.put("type", "message");
    }
    String type = role.equals("assistant") ? "output_text" : "input_text";
    ObjectNode message = message(role, text(type, item.requiredText("content")));
    item.text("id").ifPresent(id -> message.put("id", id));
    return message;
  }

  private static ObjectNode message(String role, ObjectNode part) {
    ObjectNode message =
        Json.object()
            .put("id", ResponseIds.of("msg_"))
            .put("type", "message")
            .put("status", "completed")
            .put("role", role);
    message.putArray("content").add(part);
    return message;
  }

  private static ObjectNode text(String type, String text) {
    return Json.object().put("type", type).put("text", text);
  }
}
