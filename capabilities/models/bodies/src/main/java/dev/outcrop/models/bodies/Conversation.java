package dev.outcrop.models.bodies;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outcrop.models.JsonDocuments;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InferenceConfiguration;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.SystemContentBlock;

/**
 * The request that a body becomes. Turns of one role that follow each other become one message, as
 * Converse wants roles to alternate.
 */
final class Conversation {

  private final String model;
  private final List<SystemContentBlock> system = new ArrayList<>();
  private final List<Message> messages = new ArrayList<>();
  private final Map<String, Document> more = new LinkedHashMap<>();

  Conversation(String model) {
    this.model = model;
  }

  /** A conversation of one prompt. */
  static Conversation prompt(String model, String prompt) {
    Conversation conversation = new Conversation(model);
    conversation.say("user", List.of(ContentBlock.fromText(prompt)));
    return conversation;
  }

  void system(String text) {
    system.add(SystemContentBlock.fromText(text));
  }

  /** Adds to the conversation; nothing to say changes nothing. */
  void say(String role, List<ContentBlock> content) {
    if (content.isEmpty()) {
      return;
    }
    Message last = messages.isEmpty() ? null : messages.getLast();
    if (last != null && last.roleAsString().equals(role)) {
      List<ContentBlock> both = new ArrayList<>(last.content());
      both.addAll(content);
      messages.set(messages.size() - 1, last.toBuilder().content(both).build());
    } else {
      messages.add(Message.builder().role(role).content(content).build());
    }
  }

  /** Whether a tool was called in it. */
  boolean calledTools() {
    return messages.stream()
        .flatMap(message -> message.content().stream())
        .anyMatch(block -> block.toolUse() != null);
  }

  /** A field that Converse has no name for; absent ones are left out. */
  void more(String name, Optional<? extends Number> value) {
    value.ifPresent(number -> more.put(name, Document.fromNumber(number.toString())));
  }

  /** A field that Converse has no name for. */
  void more(String name, JsonNode value) {
    more.put(name, JsonDocuments.of(value));
  }

  ConverseStreamRequest.Builder request(InferenceConfiguration config) {
    return ConverseStreamRequest.builder()
        .modelId(model)
        .messages(messages)
        .system(system.isEmpty() ? null : system)
        .inferenceConfig(config)
        .additionalModelRequestFields(more.isEmpty() ? null : Document.fromMap(more));
  }
}
