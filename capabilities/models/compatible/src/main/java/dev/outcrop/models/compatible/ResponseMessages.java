package dev.outcrop.models.compatible;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.bodies.Body;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Items of the Responses API as messages of a chat completion. */
final class ResponseMessages {

  private static final Set<String> IMAGE = Set.of("type", "image_url", "detail", "file_id");
  private static final Set<String> FILE =
      Set.of("type", "file_data", "filename", "file_id", "file_url", "detail");

  private final ArrayNode messages = Json.array();

  void instructions(String text) {
    messages.addObject().put("role", "system").put("content", text);
  }

  /** Adds items that were checked when they came. */
  void add(ArrayNode items) {
    for (JsonNode item : items) {
      add(Body.of((ObjectNode) item).withoutNulls());
    }
  }

  ArrayNode messages() {
    return messages;
  }

  private void add(Body item) {
    switch (item.text("type").orElse("message")) {
      case "function_call" -> call(item);
      case "function_call_output" -> output(item);
      case "reasoning" -> reasoning(item);
      default -> message(item);
    }
  }

  private void message(Body item) {
    ObjectNode message = messages.addObject().put("role", item.requiredText("role"));
    message.set("content", parts(item, "content"));
  }

  private void call(Body item) {
    ObjectNode call =
        messages
            .addObject()
            .put("role", "assistant")
            .putArray("tool_calls")
            .addObject()
            .put("id", item.requiredText("call_id"))
            .put("type", "function");
    call.putObject("function")
        .put("name", item.requiredText("name"))
        .put("arguments", item.requiredText("arguments"));
  }

  private void output(Body item) {
    ObjectNode message =
        messages.addObject().put("role", "tool").put("tool_call_id", item.requiredText("call_id"));
    if (item.isText("output")) {
      message.put("content", item.requiredText("output"));
    } else {
      message.set("content", parts(item, "output"));
    }
  }

  /** Thoughts go back to the model, since some want theirs; a summary is not what it thought. */
  private void reasoning(Body item) {
    String text =
        item.objects("content").orElse(List.of()).stream()
            .map(part -> part.only(Set.of("type", "text")).requiredText("text"))
            .collect(Collectors.joining());
    if (text.isEmpty()) {
      return;
    }
    ObjectNode message =
        messages.addObject().put("role", "assistant").put("reasoning_content", text);
    item.text("encrypted_content").ifPresent(s -> message.put("reasoning_signature", s));
  }

  private static ArrayNode parts(Body item, String key) {
    ArrayNode parts = Json.array();
    for (Body part : item.objects(key).orElseThrow(() -> item.missing(key))) {
      parts.add(part(part));
    }
    return parts;
  }

  private static ObjectNode part(Body part) {
    String type = part.requiredText("type");
    return switch (type) {
      case "input_text" -> text(part.only(Set.of("type", "text")));
      case "output_text" -> text(part.only(Set.of("type", "text", "annotations", "logprobs")));
      case "refusal" ->
          Json.object().put("type", "refusal").put("refusal", part.requiredText("refusal"));
      case "input_image" -> image(part.only(IMAGE));
      case "input_file" -> file(part.only(FILE));
      default ->
          throw part.invalid(
              "type",
              type
                  + " is not a valid enum value, expected input_text, output_text, refusal,"
                  + " input_image or input_file");
    };
  }

  private static ObjectNode text(Body part) {
    return Json.object().put("type", "text").put("text", part.requiredText("text"));
  }

  private static ObjectNode image(Body part) {
    part.refuse("file_id", "this server keeps no uploaded files, send a data URL");
    ObjectNode image = Json.object().put("type", "image_url");
    ObjectNode url = image.putObject("image_url").put("url", part.requiredText("image_url"));
    part.text("detail").ifPresent(detail -> url.put("detail", detail));
    return image;
  }

  private static ObjectNode file(Body part) {
    part.refuse("file_id", "this server keeps no uploaded files, send file_data");
    part.refuse("file_url", "this server fetches nothing for others, send file_data");
    part.refuse("detail", "the model decides how closely it looks");
    ObjectNode file = Json.object().put("type", "file");
    ObjectNode inner = file.putObject("file").put("file_data", part.requiredText("file_data"));
    part.text("filename").ifPresent(name -> inner.put("filename", name));
    return file;
  }
}
