package dev.outcrop.models.anthropic;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.DocumentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.ToolResultBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ToolResultContentBlock;

/**
 * Titles of documents as names that Converse takes: each its own, of letters, digits, single
 * spaces, hyphens, parentheses and brackets. Anthropic's titles are optional and free.
 */
final class Titles {

  private static final int LONGEST = 190;

  private final Map<String, String> byName = new HashMap<>();
  private final Set<String> names = new HashSet<>();

  /** The titles that were replaced, by the names they got; an empty one for none. */
  Map<String, String> byName() {
    return byName;
  }

  List<Message> named(List<Message> messages) {
    return messages.stream().map(this::named).toList();
  }

  private Message named(Message message) {
    return message.toBuilder()
        .content(message.content().stream().map(this::named).toList())
        .build();
  }

  private ContentBlock named(ContentBlock block) {
    return switch (block.type()) {
      case DOCUMENT -> ContentBlock.fromDocument(named(block.document()));
      case TOOL_RESULT -> ContentBlock.fromToolResult(named(block.toolResult()));
      default -> block;
    };
  }

  private ToolResultBlock named(ToolResultBlock result) {
    return result.toBuilder().content(result.content().stream().map(this::named).toList()).build();
  }

  private ToolResultContentBlock named(ToolResultContentBlock block) {
    return block.document() == null
        ? block
        : ToolResultContentBlock.fromDocument(named(block.document()));
  }

  private DocumentBlock named(DocumentBlock document) {
    String title = document.name() == null ? "" : document.name();
    String fitting =
        title.replaceAll("[^\\p{Alnum}\\s()\\[\\]-]", "-").replaceAll("\\s+", " ").strip();
    String base = fitting.isEmpty() ? "document" : fitting;
    base = base.length() > LONGEST ? base.substring(0, LONGEST).strip() : base;
    String name = base;
    for (int i = 2; !names.add(name); i++) {
      name = base + " (" + i + ")";
    }
    if (!name.equals(title)) {
      byName.put(name, title);
    }
    return document.toBuilder().name(name).build();
  }
}
