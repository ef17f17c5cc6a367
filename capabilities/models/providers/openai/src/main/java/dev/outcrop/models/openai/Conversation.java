package dev.outcrop.models.openai;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.JsonDocuments;
import dev.outcrop.models.RuntimeErrors;
import java.util.List;
import software.amazon.awssdk.services.bedrockruntime.model.CitationGeneratedContent;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.SystemContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ToolUseBlock;

/**
 * The messages of Converse as those of chat completions. Results of tools become messages of the
 * role {@code tool}; what only a user message may carry (images of a result) follows in one. Cache
 * points are left out: these servers cache prefixes by themselves.
 */
final class Conversation {

  private final ChatOptions options;
  private final ArrayNode messages = Json.array();

  private Conversation(ChatOptions options) {
    this.options = options;
  }

  static ArrayNode of(
      List<SystemContentBlock> system, List<Message> messages, ChatOptions options) {
    Conversation conversation = new Conversation(options);
    conversation.system(system);
    for (int i = 0; i < messages.size(); i++) {
      Message message = messages.get(i);
      String path = "messages." + i + ".content.";
      if (message.role() == ConversationRole.ASSISTANT) {
        conversation.assistant(message.content(), path);
      } else if (message.role() == ConversationRole.USER) {
        conversation.user(message.content(), path);
      } else {
        throw Refusals.invalid("messages." + i + ".role", "must be user or assistant");
      }
    }
    conversation.checkEnd(messages);
    return conversation.messages;
  }

  private void checkEnd(List<Message> all) {
    if (all.isEmpty()) {
      throw Refusals.invalid("messages", "must have at least one message");
    }
    if (all.getLast().role() == ConversationRole.ASSISTANT && !options.prefill()) {
      throw RuntimeErrors.invalid(
          "This model does not support assistant message prefill. The conversation must end with a"
              + " user message.");
    }
  }

  private void system(List<SystemContentBlock> system) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < system.size(); i++) {
      SystemContentBlock block = system.get(i);
      String path = "system." + i + ".";
      switch (block.type()) {
        case TEXT -> line(text, block.text());
        case GUARD_CONTENT -> {
          if (block.guardContent().text() == null) {
            throw Refusals.field(path + "guardContent");
          }
          line(text, block.guardContent().text().text());
        }
        case CACHE_POINT -> {}
        default -> throw Refusals.field(path + block.type());
      }
    }
    if (!text.isEmpty()) {
      messages.addObject().put("role", options.systemRole()).put("content", text.toString());
    }
  }

  private static void line(StringBuilder text, String more) {
    text.append(text.isEmpty() ? "" : "\n").append(more);
  }

  private void user(List<ContentBlock> content, String path) {
    Parts parts = new Parts(options);
    for (int i = 0; i < content.size(); i++) {
      ContentBlock block = content.get(i);
      String here = path + i + ".";
      switch (block.type()) {
        case TEXT -> parts.text(block.text());
        case IMAGE -> parts.image(block.image(), here + "image");
        case DOCUMENT -> parts.document(block.document(), here + "document");
        case VIDEO -> parts.video(block.video(), here + "video");
        case AUDIO -> parts.audio(block.audio(), here + "audio");
        case GUARD_CONTENT -> parts.guarded(block.guardContent(), here + "guardContent");
        case SEARCH_RESULT -> parts.searchResult(block.searchResult(), here + "searchResult");
        case TOOL_RESULT ->
            messages.add(ToolResults.message(block.toolResult(), here + "toolResult", parts));
        case CACHE_POINT -> {}
        default -> throw Refusals.field(here + Names.of(block));
      }
    }
    if (!parts.isEmpty()) {
      parts.into(messages.addObject().put("role", "user"));
    } else if (content.isEmpty()) {
      throw Refusals.invalid(path + "0", "is missing: a message needs content");
    }
  }

  private void assistant(List<ContentBlock> content, String path) {
    StringBuilder text = new StringBuilder();
    StringBuilder reasoning = new StringBuilder();
    ArrayNode calls = Json.array();
    for (int i = 0; i < content.size(); i++) {
      ContentBlock block = content.get(i);
      String here = path + i + ".";
      switch (block.type()) {
        case TEXT -> line(text, block.text());
        case TOOL_USE -> call(calls, block.toolUse(), here);
        case REASONING_CONTENT -> {
          if (block.reasoningContent().reasoningText() != null) {
            reasoning.append(block.reasoningContent().reasoningText().text());
          }
        }
        case CITATIONS_CONTENT -> {
          for (CitationGeneratedContent cited : block.citationsContent().content()) {
            line(text, cited.text());
          }
        }
        case CACHE_POINT -> {}
        default -> throw Refusals.field(here + Names.of(block));
      }
    }
    ObjectNode message = messages.addObject().put("role", "assistant");
    message.put("content", text.isEmpty() ? (calls.isEmpty() ? "" : null) : text.toString());
    if (!reasoning.isEmpty() && options.reasoningField() != null) {
      message.put(options.reasoningField(), reasoning.toString());
    }
    if (!calls.isEmpty()) {
      message.set("tool_calls", calls);
    }
  }

  private static void call(ArrayNode calls, ToolUseBlock use, String path) {
    if (use.type() != null) {
      throw Refusals.field(path + "toolUse.type");
    }
    calls
        .addObject()
        .put("id", use.toolUseId())
        .put("type", "function")
        .putObject("function")
        .put("name", use.name())
        .put("arguments", JsonDocuments.json(use.input()).toString());
  }
}
