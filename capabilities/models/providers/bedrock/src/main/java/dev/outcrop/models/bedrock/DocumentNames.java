package dev.outcrop.models.bedrock;

import java.util.List;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.Message;

/**
 * Names of documents as Converse allows them: letters, digits, single spaces, hyphens, parentheses
 * and brackets. Bodies of other APIs need no name and allow any.
 */
final class DocumentNames {

  private static final int LONGEST = 200;

  private DocumentNames() {}

  static List<Message> fitting(List<Message> messages) {
    return messages.stream().allMatch(DocumentNames::fits)
        ? messages
        : messages.stream().map(DocumentNames::fitting).toList();
  }

  private static boolean fits(Message message) {
    return message.content().stream().allMatch(block -> fits(block));
  }

  private static boolean fits(ContentBlock block) {
    return block.document() == null
        || name(block.document().name()).equals(block.document().name());
  }

  private static Message fitting(Message message) {
    return message.toBuilder()
        .content(
            message.content().stream().map(block -> fits(block) ? block : fitting(block)).toList())
        .build();
  }

  private static ContentBlock fitting(ContentBlock block) {
    return ContentBlock.fromDocument(
        block.document().toBuilder().name(name(block.document().name())).build());
  }

  private static String name(String name) {
    if (name == null || name.isBlank()) {
      return "document";
    }
    String allowed =
        name.replaceAll("[^\\p{Alnum}\\s\\-()\\[\\]]", "-").replaceAll("\\s+", " ").strip();
    return allowed.length() > LONGEST ? allowed.substring(0, LONGEST) : allowed;
  }
}
