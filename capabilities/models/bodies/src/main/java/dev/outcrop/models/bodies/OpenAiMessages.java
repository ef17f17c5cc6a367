package dev.outcrop.models.bodies;

import dev.outcrop.models.JsonDocuments;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ReasoningContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ToolResultBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ToolResultContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ToolUseBlock;

/** OpenAI's {@code messages}. Converse says system prompts first, wherever they stood. */
final class OpenAiMessages {

  /** The tool of each call. */
  private final Map<String, String> tools = new HashMap<>();

  private static final Set<String> PLAIN = Set.of("role", "content");
  private static final Set<String> ASSISTANT =
      Set.of(
          "role",
          "content",
          "refusal",
          "tool_calls",
          "reasoning_content",
          "reasoning",
          "reasoning_signature",
          "annotations",
          "audio",
          "function_call");
  private static final Set<String> TOOL = Set.of("role", "content", "tool_call_id", "name");

  private OpenAiMessages() {}

  static void read(Body body, Conversation conversation) {
    new OpenAiMessages().add(body, conversation);
  }

  private void add(Body body, Conversation conversation) {
    List<Body> messages = body.objects("messages").orElseThrow(() -> body.missing("messages"));
    for (Body message : messages) {
      String role = message.requiredText("role");
      switch (role) {
        case "system", "developer" ->
            OpenAiParts.texts(message.only(PLAIN)).forEach(conversation::system);
        case "user" -> conversation.say("user", user(message.only(PLAIN)));
        case "assistant" -> conversation.say("assistant", assistant(message.only(ASSISTANT)));
        case "tool" -> conversation.say("user", List.of(tool(message.only(TOOL))));
        default -> throw message.invalid("role", role + " is not a valid enum value");
      }
    }
  }

  private static List<ContentBlock> user(Body message) {
    List<ContentBlock> blocks = OpenAiParts.read(message);
    if (blocks.isEmpty()) {
      throw message.missing("content");
    }
    return blocks;
  }

  private List<ContentBlock> assistant(Body message) {
    message.refuse("audio", "this server keeps no earlier audio");
    message.refuse("function_call", "use tool_calls");
    if (!message.objects("annotations").orElse(List.of()).isEmpty()) {
      throw message.unsupported("annotations", "the model doesn't search the web");
    }
    List<ContentBlock> blocks = new ArrayList<>();
    String thought = message.text(message.either("reasoning_content", "reasoning")).orElse("");
    if (!thought.isEmpty()) {
      blocks.add(reasoning(thought, message));
    } else if (message.has("reasoning_signature")) {
      throw message.missing("reasoning_content");
    }
    for (ContentBlock block : OpenAiParts.read(message)) {
      if (!"".equals(block.text())) {
        blocks.add(block);
      }
    }
    message.text("refusal").ifPresent(text -> blocks.add(ContentBlock.fromText(text)));
    List<Body> calls = message.objects("tool_calls").orElse(List.of());
    for (int i = 0; i < calls.size(); i++) {
      blocks.add(ContentBlock.fromToolUse(call(i, calls.get(i))));
    }
    if (blocks.isEmpty()) {
      throw message.missing("content");
    }
    return blocks;
  }

  /** Models that sign their thoughts want them back with the signature. */
  private static ContentBlock reasoning(String text, Body message) {
    String signature = message.text("reasoning_signature").orElse(null);
    return ContentBlock.fromReasoningContent(
        ReasoningContentBlock.fromReasoningText(
            reasoning -> reasoning.text(text).signature(signature)));
  }

  private ToolUseBlock call(int index, Body call) {
    call.only(Set.of("id", "type", "function", "index")).choice("type", "function");
    Body function = call.object("function").orElseThrow(() -> call.missing("function"));
    function.only(Set.of("name", "arguments"));
    call.integer("index", index, index);
    tools.put(call.requiredText("id"), function.requiredText("name"));
    return ToolUseBlock.builder()
        .toolUseId(call.requiredText("id"))
        .name(function.requiredText("name"))
        .input(arguments(function))
        .build();
  }

  /** Arguments travel as a text of JSON; some clients send none for a tool that takes none. */
  private static Document arguments(Body function) {
    Optional<String> text = function.text("arguments").filter(value -> !value.isBlank());
    if (text.isEmpty()) {
      return Document.mapBuilder().build();
    }
    try {
      return JsonDocuments.of(Body.parse(SdkBytes.fromUtf8String(text.get())).json());
    } catch (software.amazon.awssdk.services.bedrockruntime.model.ValidationException e) {
      throw function.invalid("arguments", "expected a JSON object as a string");
    }
  }

  private ContentBlock tool(Body message) {
    String id = message.requiredText("tool_call_id");
    message
        .text("name")
        .filter(name -> !name.equals(tools.get(id)))
        .ifPresent(
            name -> {
              throw message.invalid("name", name + " is not the tool that was called");
            });
    List<ToolResultContentBlock> content =
        OpenAiParts.read(message).stream().map(block -> result(block, message)).toList();
    return ContentBlock.fromToolResult(
        ToolResultBlock.builder().toolUseId(id).content(content).build());
  }

  private static ToolResultContentBlock result(ContentBlock block, Body message) {
    return switch (block.type()) {
      case TEXT -> ToolResultContentBlock.fromText(block.text());
      case IMAGE -> ToolResultContentBlock.fromImage(block.image());
      case DOCUMENT -> ToolResultContentBlock.fromDocument(block.document());
      default ->
          throw message.invalid("content", "only texts, images and files are permitted here");
    };
  }
}
