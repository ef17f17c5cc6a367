package dev.outcrop.models.converse;

import dev.outcrop.models.RuntimeErrors;
import java.util.List;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.SystemContentBlock;

/** Checks a conversation before any model is asked. */
public final class Conversation {

  private Conversation() {}

  /**
   * Throws when the conversation breaks one of the API's rules.
   *
   * @throws software.amazon.awssdk.services.bedrockruntime.model.ValidationException in AWS's words
   *     where they are known
   */
  public static void check(ConverseStreamRequest request) {
    Attached attached = new Attached();
    system(request.system(), attached);
    messages(request.messages(), attached);
    Tools.check(request.toolConfig(), attached);
    ToolTurns.check(request.messages(), request.toolConfig() != null);
    attached.check();
    FurtherFields.check(request);
  }

  private static void system(List<SystemContentBlock> system, Attached attached) {
    for (int i = 0; i < system.size(); i++) {
      SystemContentBlock block = system.get(i);
      String at = "system." + i;
      switch (block.type()) {
        case TEXT -> {
          if (block.text().isBlank()) {
            throw Blocks.blank("SystemContentBlock", at);
          }
        }
        case CACHE_POINT -> attached.cachePoint();
        case GUARD_CONTENT -> throw Blocks.guardrail();
        case UNKNOWN_TO_SDK_VERSION ->
            throw Blocks.noKey("SystemContentBlock", at, "text, guardContent, cachePoint");
      }
    }
  }

  private static void messages(List<Message> messages, Attached attached) {
    if (messages.isEmpty() || messages.getFirst().role() != ConversationRole.USER) {
      throw RuntimeErrors.invalid(
          "A conversation must start with a user message. Try again with a conversation that starts"
              + " with a user message.");
    }
    for (int i = 0; i < messages.size(); i++) {
      Message message = messages.get(i);
      if (i > 0 && message.roleAsString().equals(messages.get(i - 1).roleAsString())) {
        throw RuntimeErrors.invalid(
            "A conversation must alternate between user and assistant roles. Make sure the"
                + " conversation alternates between user and assistant roles and try again.");
      }
      if (message.content().isEmpty()) {
        throw RuntimeErrors.invalid(
            "The content field in the Message object at messages."
                + i
                + " is empty. Add a ContentBlock object to the content field and try again.");
      }
      message(message, "messages." + i, attached);
    }
  }

  private static void message(Message message, String at, Attached attached) {
    boolean user = message.role() == ConversationRole.USER;
    boolean text = false;
    boolean document = false;
    for (int j = 0; j < message.content().size(); j++) {
      ContentBlock block = message.content().get(j);
      Blocks.check(block, user, at + ".content." + j, attached);
      text |= block.text() != null;
      document |= block.document() != null;
    }
    if (document && !text) {
      throw RuntimeErrors.invalid(
          "The content field in the Message object at "
              + at
              + " contains a document without text. Add a text block to the content field and try"
              + " again.");
    }
  }
}
