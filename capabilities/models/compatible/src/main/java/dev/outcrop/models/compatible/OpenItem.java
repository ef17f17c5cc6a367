package dev.outcrop.models.compatible;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.BiConsumer;

/** An output item that the model is at. */
final class OpenItem {

  /** What the model writes, with the names that this has. */
  enum Kind {
    MESSAGE("msg_", "message", "output_text", "response.output_text", "text"),
    REASONING("rs_", "reasoning", "reasoning_text", "response.reasoning_text", "text"),
    CALL("fc_", "function_call", null, "response.function_call_arguments", "arguments");

    private final String prefix;
    private final String type;
    private final String part;
    private final String event;
    private final String whole;

    Kind(String prefix, String type, String part, String event, String whole) {
      this.prefix = prefix;
      this.type = type;
      this.part = part;
      this.event = event;
      this.whole = whole;
    }
  }

  private final Kind kind;
  private final String id;
  private final String callId;
  private final String name;
  private final StringBuilder written = new StringBuilder();
  private String signature;
  private BiConsumer<String, ObjectNode> events;
  private int index;

  /**
   * @param callId of a call; else null
   * @param name of the function called; else null
   */
  OpenItem(Kind kind, String callId, String name) {
    this.kind = kind;
    this.id = ResponseIds.of(kind.prefix);
    this.callId = callId;
    this.name = name;
  }

  Kind kind() {
    return kind;
  }

  void begin(BiConsumer<String, ObjectNode> listener, int outputIndex) {
    events = listener;
    index = outputIndex;
    item("response.output_item.added", item("in_progress", false));
    if (kind.part != null) {
      part("response.content_part.added");
    }
  }

  void piece(String text) {
    written.append(text);
    events.accept(kind.event + ".delta", withLogprobs(at().put("delta", text)));
  }

  void signed(String with) {
    signature = with;
  }

  /** Ends the item. */
  ObjectNode end() {
    if (kind == Kind.CALL && written.isEmpty()) {
      written.append("{}");
    }
    ObjectNode done = withLogprobs(at().put(kind.whole, written.toString()));
    if (kind == Kind.CALL) {
      done.put("name", name);
    }
    events.accept(kind.event + ".done", done);
    if (kind.part != null) {
      part("response.content_part.done");
    }
    ObjectNode item = item("completed", true);
    item("response.output_item.done", item.deepCopy());
    return item;
  }

  private void item(String event, ObjectNode item) {
    ObjectNode fields = Json.object().put("output_index", index);
    fields.set("item", item);
    events.accept(event, fields);
  }

  private void part(String event) {
    ObjectNode fields = at();
    fields.set("part", part());
    events.accept(event, fields);
  }

  private ObjectNode at() {
    ObjectNode at = Json.object().put("item_id", id).put("output_index", index);
    return kind.part == null ? at : at.put("content_index", 0);
  }

  private ObjectNode withLogprobs(ObjectNode fields) {
    if (kind == Kind.MESSAGE) {
      fields.putArray("logprobs");
    }
    return fields;
  }

  private ObjectNode part() {
    ObjectNode part = Json.object().put("type", kind.part).put("text", written.toString());
    if (kind == Kind.MESSAGE) {
      part.putArray("annotations");
    }
    return withLogprobs(part);
  }

  private ObjectNode item(String status, boolean whole) {
    ObjectNode item = Json.object().put("id", id).put("type", kind.type).put("status", status);
    switch (kind) {
      case CALL ->
          item.put("call_id", callId).put("name", name).put("arguments", written.toString());
      case REASONING -> item.putArray("summary");
      case MESSAGE -> item.put("role", "assistant");
    }
    if (kind.part != null) {
      var content = item.putArray("content");
      if (whole) {
        content.add(part());
      }
    }
    if (signature != null) {
      item.put("encrypted_content", signature);
    }
    return item;
  }
}
