package dev.outcrop.models.llama;

import static dev.outcrop.models.llama.Refusals.allowOnly;
import static dev.outcrop.models.llama.Refusals.invalid;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.SystemContentBlock;

/**
 * The messages of a request as chat templates take them: a list of role and content. Several text
 * blocks of one message become its lines. What is wrong is refused in the words of the real
 * service.
 */
final class Conversation {
  private Conversation() {}

  static List<Map<String, Object>> of(List<SystemContentBlock> system, List<Message> messages) {
    List<Map<String, Object>> conversation = new ArrayList<>();
    if (!system.isEmpty()) {
      conversation.add(message("system", systemText(system)));
    }
    checkRoles(messages);
    for (int i = 0; i < messages.size(); i++) {
      Message message = messages.get(i);
      conversation.add(message(message.roleAsString(), text(message.content(), i)));
    }
    return conversation;
  }

  private static Map<String, Object> message(String role, String content) {
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

  private static String systemText(List<SystemContentBlock> system) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < system.size(); i++) {
      String path = "system.%d.".formatted(i);
      allowOnly(system.get(i), path, Set.of("text"));
      String text = system.get(i).text();
      if (text == null || text.isBlank()) {
        throw invalid(
            "The text field in the SystemContentBlock object at system.%d is blank. Add text to the text field, and try again."
                .formatted(i));
      }
      lines.add(text);
    }
    return String.join("\n", lines);
  }

  private static String text(List<ContentBlock> blocks, int message) {
    if (blocks.isEmpty()) {
      throw invalid(
          "The content field in the Message object at messages.%d is empty. Add a ContentBlock object to the content field and try again."
              .formatted(message));
    }
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < blocks.size(); i++) {
      ContentBlock block = blocks.get(i);
      allowOnly(block, "messages.%d.content.%d.".formatted(message, i), Set.of("text"));
      if (block.text() == null || block.text().isBlank()) {
        throw invalid(
            "The text field in the ContentBlock object at messages.%d.content.%d is blank. Add text to the text field, and try again."
                .formatted(message, i));
      }
      lines.add(block.text());
    }
    return String.join("\n", lines);
  }
}
