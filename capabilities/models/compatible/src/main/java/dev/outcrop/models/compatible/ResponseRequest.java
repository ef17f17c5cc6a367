package dev.outcrop.models.compatible;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.bodies.Body;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a client asks of the Responses API. It becomes the body of a chat completion, so that both
 * APIs understand the same of the same.
 *
 * @param previous id of the answer to go on from; empty for none
 * @param input the new input items
 * @param encrypted whether what thoughts are signed with is to be shown
 */
record ResponseRequest(
    Body body,
    String model,
    boolean streaming,
    boolean store,
    String previous,
    ArrayNode input,
    boolean encrypted) {

  private static final String ENCRYPTED = "reasoning.encrypted_content";

  /** What {@code include} may name; without an effect where it names what is always there. */
  private static final Set<String> INCLUDABLE = Set.of(ENCRYPTED, "message.input_image.image_url");

  /** What a chat completion has under the same name. */
  private static final List<String> SAME =
      List.of(
          "temperature",
          "top_p",
          "parallel_tool_calls",
          "user",
          "metadata",
          "service_tier",
          "safety_identifier",
          "prompt_cache_key",
          "prompt_cache_retention");

  private static final Map<String, String> REFUSED =
      Map.of(
          "conversation", "this server has none, use previous_response_id",
          "prompt", "this server keeps no prompt templates for this API",
          "max_tool_calls", "it counts calls of tools that this server doesn't run",
          "context_management", "send the input that is wanted");

  private static final Set<String> KEYS = new HashSet<>(SAME);

  static {
    KEYS.addAll(REFUSED.keySet());
    KEYS.addAll(
        Set.of(
            "model",
            "input",
            "instructions",
            "stream",
            "stream_options",
            "store",
            "previous_response_id",
            "max_output_tokens",
            "tools",
            "tool_choice",
            "text",
            "reasoning",
            "include",
            "truncation",
            "background",
            "top_logprobs"));
  }

  /**
   * Reads a body.
   *
   * @throws software.amazon.awssdk.services.bedrockruntime.model.ValidationException in AWS's words
   */
  static ResponseRequest read(Body sent) {
    Body body = sent.withoutNulls().only(KEYS);
    REFUSED.forEach(body::refuse);
    checkFixed(body);
    List<String> include = body.texts("include").orElse(List.of());
    for (String name : include) {
      if (!INCLUDABLE.contains(name)) {
        throw body.unsupported("include", name + " is not there to be included");
      }
    }
    body.text("instructions");
    return new ResponseRequest(
        body,
        body.requiredText("model"),
        body.bool("stream").orElse(false),
        body.bool("store").orElse(true),
        body.text("previous_response_id").orElse(""),
        ResponseItems.read(body),
        include.contains(ENCRYPTED));
  }

  private static void checkFixed(Body body) {
    if (body.bool("background").orElse(false)) {
      throw body.unsupported("background", "wait for the answer, or stream it");
    }
    if (!body.text("truncation").orElse("disabled").equals("disabled")) {
      throw body.unsupported("truncation", "input that is too long is refused, use disabled");
    }
    if (body.integer("top_logprobs", 0, 20).orElse(0) > 0) {
      throw body.unsupported("top_logprobs", "this server gives no log probabilities");
    }
    body.object("stream_options").ifPresent(options -> options.only(Set.of("include_obfuscation")));
  }

  /**
   * The chat completion to ask for.
   *
   * @param before what it goes on from, oldest first
   */
  ObjectNode chat(List<StoredResponse> before) {
    ObjectNode chat = Json.object().put("model", model);
    ResponseMessages messages = new ResponseMessages();
    body.text("instructions").ifPresent(messages::instructions);
    for (StoredResponse earlier : before) {
      messages.add(earlier.input());
      messages.add((ArrayNode) earlier.response().get("output"));
    }
    messages.add(input);
    chat.set("messages", messages.messages());
    SAME.forEach(key -> body.json(key).ifPresent(value -> chat.set(key, value)));
    body.json("max_output_tokens").ifPresent(most -> chat.set("max_completion_tokens", most));
    ResponseTools.read(body, chat);
    ResponseTools.text(body, chat);
    body.object("reasoning").ifPresent(reasoning -> effort(reasoning, chat));
    return chat;
  }

  private static void effort(Body reasoning, ObjectNode chat) {
    reasoning.only(Set.of("effort", "summary", "generate_summary"));
    for (String key : List.of("summary", "generate_summary")) {
      if (!reasoning.text(key).orElse("auto").equals("auto")) {
        throw reasoning.unsupported(key, "thoughts come as they are, not summed up, use auto");
      }
    }
    reasoning.text("effort").ifPresent(effort -> chat.put("reasoning_effort", effort));
  }
}
