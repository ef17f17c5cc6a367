package dev.outcrop.models.converse;

import dev.outcrop.models.RuntimeErrors;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.Message;

/** Checks that every use of a tool has its result in the next message, and every result its use. */
final class ToolTurns {

  private ToolTurns() {}

  static void check(List<Message> messages, boolean hasTools) {
    List<String> used = List.of();
    for (int i = 0; i < messages.size(); i++) {
      Message message = messages.get(i);
      List<String> results = new ArrayList<>();
      List<String> uses = new ArrayList<>();
      for (ContentBlock block : message.content()) {
        // What a model's own side ran comes with its result in the same message.
        if (block.toolUse() != null && block.toolUse().typeAsString() == null) {
          uses.add(block.toolUse().toolUseId());
        } else if (block.toolResult() != null && block.toolResult().type() == null) {
          results.add(block.toolResult().toolUseId());
        }
      }
      if (!hasTools && !(uses.isEmpty() && results.isEmpty())) {
        throw RuntimeErrors.invalid(
            "The toolConfig field must be defined when using toolUse and toolResult content"
                + " blocks.");
      }
      unique(uses, "toolUse", i);
      if (message.role() == ConversationRole.USER) {
        pair(used, results, i);
      }
      used = uses;
    }
    if (!used.isEmpty()) {
      throw missing(used, messages.size());
    }
  }

  private static void unique(List<String> ids, String what, int message) {
    if (new HashSet<>(ids).size() < ids.size()) {
      throw RuntimeErrors.invalid(
          "The " + what + " blocks at messages." + message + ".content contain duplicate Ids.");
    }
  }

  private static void pair(List<String> uses, List<String> results, int message) {
    if (results.size() > uses.size()) {
      throw RuntimeErrors.invalid(
          "The number of toolResult blocks at messages."
              + message
              + ".content exceeds the number of toolUse blocks of previous turn.");
    }
    unique(results, "toolResult", message);
    List<String> open = new ArrayList<>(uses);
    open.removeAll(results);
    if (!open.isEmpty()) {
      throw missing(open, message);
    }
  }

  private static RuntimeException missing(List<String> ids, int message) {
    return RuntimeErrors.invalid(
        "Expected toolResult blocks at messages."
            + message
            + ".content for the following Ids: "
            + String.join(", ", ids));
  }
}
