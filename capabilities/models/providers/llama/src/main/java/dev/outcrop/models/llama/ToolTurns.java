package dev.outcrop.models.llama;

import static dev.outcrop.models.llama.Refusals.invalid;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.Message;

/** Checks that calls of tools and their results belong together. */
final class ToolTurns {
  private ToolTurns() {}

  static void check(List<Message> messages, Tools tools) {
    Set<String> open = new TreeSet<>();
    for (int i = 0; i < messages.size(); i++) {
      List<ContentBlock> content = messages.get(i).content();
      for (ContentBlock block : content) {
        if ((block.toolUse() != null || block.toolResult() != null) && tools.none()) {
          throw invalid(
              "The toolConfig field must be defined when using toolUse and toolResult content"
                  + " blocks.");
        }
      }
      Set<String> results = new TreeSet<>();
      for (ContentBlock block : content) {
        if (block.toolResult() != null) {
          results.add(block.toolResult().toolUseId());
        }
      }
      if (results.size() > open.size()) {
        throw invalid(
            ("The number of toolResult blocks at messages.%d.content exceeds the number of toolUse"
                    + " blocks of previous turn.")
                .formatted(i));
      }
      if (!results.containsAll(open)) {
        open.removeAll(results);
        throw invalid(
            "Expected toolResult blocks at messages.%d.content for the following Ids: %s"
                .formatted(i, String.join(", ", open)));
      }
      open.clear();
      for (ContentBlock block : content) {
        if (block.toolUse() != null) {
          open.add(block.toolUse().toolUseId());
        }
      }
    }
  }
}
