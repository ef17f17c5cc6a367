package dev.outcrop.models.bodies;

import java.util.ArrayList;
import java.util.List;
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

  private static final Set<String> PLAIN = Set.of("role", "content");
  private static final Set<String> ASSISTANT =
      Set.of(
          "role",
          "content",
          "refusal",
          "tool_calls",
          "reasoning_content",
          "reasoning",
          "annotations",
          "audio",
          "function_call");
  private static final Set<String> TOOL = Set.of("role", "content", "tool_call_id", "name");

  private OpenAiMessages() {}

  static void read(Body body, Conversation conversation) {
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

  private static List<ContentBlock> assistant(Body message) {
    message.refuse("audio", "this server keeps no earlier audio");
    message.refuse("function_call", "use tool_calls");
    List<ContentBlock> blocks = new ArrayList<>();
    message
        .text("reasoning_content")
        .or(() -> message.text("reasoning"))
        .filter(text -> !text.isEmpty())
        .ifPresent(text -> blocks.add(reasoning(text)));
    for (ContentBlock block : OpenAiParts.read(message)) {
      if (!"".equals(block.text())) {
        blocks.add(block);
      }
    }
    message.text("refusal").ifPresent(text -> blocks.add(ContentBlock.fromText(text)));
    for (Body call : message.objects("tool_calls").orElse(List.of())) {
      blocks.add(ContentBlock.fromToolUse(call(call)));
    }
    if (blocks.isEmpty()) {
      throw message.missing("content");
    }
    return blocks;
  }

  private static ContentBlock reasoning(String text) {
    return ContentBlock.fromReasoningContent(
        ReasoningContentBlock.fromReasoningText(reasoning -> reasoning.text(text)));
  }

  private static ToolUseBlock call(Body call) {
    call.only(Set.of("id", "type", "function", "index")).choice("type", "function");
    Body function = call.object("function").orElseThrow(() -> call.missing("function"));
    function.only(Set.of("name", "arguments"));
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
      return Documents.of(Body.parse(SdkBytes.fromUtf8String(text.get())).json());
    } catch (software.amazon.awssdk.services.bedrockruntime.model.ValidationException e) {
      throw function.invalid("arguments", "expected a JSON object as a string");
    }
  }

  private static ContentBlock tool(Body message) {
    List<ToolResultContentBlock> content =
        OpenAiParts.texts(message).stream().map(ToolResultContentBlock::fromText).toList();
    return ContentBlock.fromToolResult(
        ToolResultBlock.builder()
            .toolUseId(message.requiredText("tool_call_id"))
            .content(content)
            .build());
  }
}
