package dev.outcrop.models.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.JsonDocuments;
import software.amazon.awssdk.services.bedrockruntime.model.ToolResultBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ToolResultContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ToolResultStatus;

/** The results of tools. */
final class ToolResults {

  private ToolResults() {}

  /**
   * The message of the role {@code tool}.
   *
   * @param following takes what such a message can't carry, with a line that says whose it is
   */
  static ObjectNode message(ToolResultBlock result, String path, Parts following) {
    StringBuilder text = new StringBuilder();
    if (result.status() == ToolResultStatus.ERROR) {
      text.append("The tool failed:");
    }
    boolean named = false;
    for (int i = 0; i < result.content().size(); i++) {
      ToolResultContentBlock content = result.content().get(i);
      String here = path + ".content." + i + ".";
      switch (content.type()) {
        case TEXT -> line(text, content.text());
        case JSON -> line(text, JsonDocuments.json(content.json()).toString());
        case SEARCH_RESULT -> line(text, Parts.text(content.searchResult()));
        case IMAGE, VIDEO, DOCUMENT -> {
          if (!named) {
            following.text("Attached to the result of the tool call " + result.toolUseId() + ":");
            line(text, "Its attachments are in the next message.");
            named = true;
          }
          attach(content, here, following);
        }
        default -> throw Refusals.field(here + Names.of(content));
      }
    }
    return Json.object()
        .put("role", "tool")
        .put("tool_call_id", result.toolUseId())
        .put("content", text.toString());
  }

  private static void attach(ToolResultContentBlock content, String path, Parts following) {
    if (content.image() != null) {
      following.image(content.image(), path + "image");
    } else if (content.video() != null) {
      following.video(content.video(), path + "video");
    } else {
      following.document(content.document(), path + "document");
    }
  }

  private static void line(StringBuilder text, String more) {
    text.append(text.isEmpty() ? "" : "\n").append(more);
  }
}
