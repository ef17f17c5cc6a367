package dev.outcrop.models.llama;

import static dev.outcrop.models.llama.Refusals.allowOnly;
import static dev.outcrop.models.llama.Refusals.invalid;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outcrop.models.JsonDocuments;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.SystemContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ToolResultBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ToolUseBlock;

/**
 * The messages of a request as chat templates take them: a list of role and content. Several blocks
 * of one message become its lines. Calls of tools and their results take the form that the template
 * has for them, or are spelled out as text where it has none. What is wrong is refused in the words
 * of the real service.
 */
final class Conversation {
  private final Tools tools;
  private final boolean spelled;
  private final CachePoints points;
  private final List<Map<String, Object>> turns = new ArrayList<>();
  private final Map<String, String> toolNames = new HashMap<>();

  private Conversation(Tools tools, boolean spelled, CachePoints points) {
    this.tools = tools;
    this.spelled = spelled;
    this.points = points;
  }

  /**
   * @param spelled whether tools are text, as the template has no form for them
   */
  static List<Map<String, Object>> of(
      List<SystemContentBlock> system,
      List<Message> messages,
      Tools tools,
      boolean spelled,
      CachePoints points) {
    Conversation conversation = new Conversation(tools, spelled, points);
    checkRoles(messages);
    ToolTurns.check(messages, tools);
    conversation.system(system);
    for (int i = 0; i < messages.size(); i++) {
      conversation.add(messages.get(i), i);
    }
    return conversation.turns;
  }

  private static Map<String, Object> message(String role, Object content) {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("role", role);
    message.put("content", content);
    return message;
  }

  private static void checkRoles(List<Message> messages) {
    if (messages.isEmpty() || messages.getFirst().role() != ConversationRole.USER) {
      throw invalid(
          "A conversation must start with a user message. Try again with a conversation that"
              + " starts with a user message.");
    }
    for (int i = 0; i < messages.size(); i++) {
      boolean user = messages.get(i).role() == ConversationRole.USER;
      if (user != (i % 2 == 0)) {
        throw invalid(
            "A conversation must alternate between user and assistant roles. Make sure the"
                + " conversation alternates between user and assistant roles and try again.");
      }
    }
    if (messages.size() % 2 == 0) {
      throw invalid(
          "A conversation must end with a user message. Try again with a conversation that ends"
              + " with a user message.");
    }
  }

  private void system(List<SystemContentBlock> system) {
    Lines lines = new Lines();
    if (spelled && !tools.none()) {
      lines.add(tools.instructions());
    }
    for (int i = 0; i < system.size(); i++) {
      allowOnly(system.get(i), "system.%d.".formatted(i), Set.of("text", "cachePoint"));
      if (system.get(i).cachePoint() != null) {
        lines.sign(points.next());
        continue;
      }
      String text = system.get(i).text();
      if (text == null || text.isBlank()) {
        throw invalid(
            "The text field in the SystemContentBlock object at system.%d is blank. Add text to the text field, and try again."
                .formatted(i));
      }
      lines.add(text);
    }
    if (!lines.isEmpty()) {
      turns.add(message("system", lines.toString()));
    }
  }

  private void add(Message message, int index) {
    if (message.content().isEmpty()) {
      throw invalid(
          "The content field in the Message object at messages.%d is empty. Add a ContentBlock object to the content field and try again."
              .formatted(index));
    }
    Lines lines = new Lines();
    List<Map<String, Object>> calls = new ArrayList<>();
    if (index == 0 && tools.cachePoint()) {
      lines.sign(points.next());
    }
    for (int i = 0; i < message.content().size(); i++) {
      String path = "messages.%d.content.%d.".formatted(index, i);
      block(message, message.content().get(i), path, lines, calls);
    }
    if (!lines.isEmpty() || !calls.isEmpty()) {
      Map<String, Object> turn = message(message.roleAsString(), lines.toString());
      if (!calls.isEmpty()) {
        turn.put("tool_calls", calls);
      }
      turns.add(turn);
    }
  }

  private void block(
      Message message,
      ContentBlock block,
      String path,
      Lines lines,
      List<Map<String, Object>> calls) {
    boolean user = message.role() == ConversationRole.USER;
    allowOnly(
        block,
        path,
        user
            ? Set.of("text", "document", "toolResult", "cachePoint")
            : Set.of("text", "toolUse", "cachePoint"));
    if (block.cachePoint() != null) {
      lines.sign(points.next());
    } else if (block.document() != null) {
      lines.add(Blocks.document(block.document(), path + "document."));
    } else if (block.toolResult() != null) {
      result(block.toolResult(), path + "toolResult.", lines);
    } else if (block.toolUse() != null) {
      call(block.toolUse(), lines, calls);
    } else if (block.text() == null || block.text().isBlank()) {
      throw invalid(
          "The text field in the ContentBlock object at %s is blank. Add text to the text field, and try again."
              .formatted(path.substring(0, path.length() - 1)));
    } else {
      lines.add(block.text());
    }
  }

  private void call(ToolUseBlock use, Lines lines, List<Map<String, Object>> calls) {
    toolNames.put(use.toolUseId(), use.name());
    JsonNode input = JsonDocuments.json(use.input());
    if (spelled) {
      Dialect dialect = Dialect.TAGS;
      lines.add(dialect.open() + use.name() + dialect.middle() + input + dialect.close());
      return;
    }
    Map<String, Object> function = new LinkedHashMap<>();
    function.put("name", use.name());
    function.put("arguments", Documents.plain(input));
    Map<String, Object> call = new LinkedHashMap<>();
    call.put("id", shortId(use.toolUseId()));
    call.put("type", "function");
    call.put("function", function);
    calls.add(call);
  }

  private void result(ToolResultBlock result, String path, Lines lines) {
    String text = Blocks.toolResult(result, path);
    if (spelled) {
      lines.add("<tool_response>\n" + text + "\n</tool_response>");
      return;
    }
    Map<String, Object> turn = message("tool", text);
    turn.put("name", toolNames.get(result.toolUseId()));
    turn.put("tool_call_id", shortId(result.toolUseId()));
    turns.add(turn);
  }

  /** Some templates want ids of nine letters and digits. */
  private static String shortId(String id) {
    String digits = Long.toString(Integer.toUnsignedLong(id.hashCode()), 36);
    return "0".repeat(9 - digits.length()) + digits;
  }

  /** Texts as the lines of one. */
  private static final class Lines {
    private final StringBuilder text = new StringBuilder();
    private String sign = "";
    private boolean first = true;

    void add(String more) {
      text.append(first ? "" : "\n").append(sign).append(more);
      sign = "";
      first = false;
    }

    /** A sign after what is there, or before what comes first. */
    void sign(String more) {
      if (first) {
        sign += more;
      } else {
        text.append(more);
      }
    }

    boolean isEmpty() {
      return first;
    }

    @Override
    public String toString() {
      return text + sign;
    }
  }
}
