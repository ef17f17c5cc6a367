package dev.outcrop.models.converse;

import dev.outcrop.models.RuntimeErrors;
import dev.outcrop.wire.RefusedException;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ReasoningContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ToolResultBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ToolResultContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/** Checks content blocks. */
final class Blocks {

  private static final String KEYS =
      "text, image, document, video, audio, toolUse, toolResult, guardContent, cachePoint,"
          + " reasoningContent, citationsContent, searchResult, toolAddition, toolRemoval";

  private static final String RESULT_KEYS = "json, text, image, document, video, searchResult";

  private Blocks() {}

  static void check(ContentBlock block, boolean user, String at, Attached attached) {
    switch (block.type()) {
      case TEXT -> {
        if (block.text().isBlank()) {
          throw blank("ContentBlock", at);
        }
      }
      case IMAGE -> {
        only(user, "images", at);
        attached.image(block.image(), at);
      }
      case DOCUMENT -> {
        only(user, "documents", at);
        attached.document(block.document(), at);
      }
      case VIDEO -> {
        only(user, "videos", at);
        attached.video(block.video(), at);
      }
      case AUDIO -> {
        only(user, "audio", at);
        attached.audio(block.audio(), at);
      }
      case TOOL_USE -> {
        if (user) {
          throw RuntimeErrors.invalid(
              "User messages cannot contain tool uses. Please remove the tool uses and try again.");
        }
        object(block.toolUse().input(), at + ".toolUse.input");
      }
      case TOOL_RESULT -> {
        if (!user && block.toolResult().type() == null) {
          throw RuntimeErrors.invalid(
              "Assistant messages cannot contain tool results. Please remove the tool results and"
                  + " try again.");
        }
        result(block.toolResult(), at, attached);
      }
      case REASONING_CONTENT -> reasoning(block.reasoningContent(), user, at);
      case CACHE_POINT -> attached.cachePoint();
      case GUARD_CONTENT -> throw guardrail();
      case UNKNOWN_TO_SDK_VERSION -> throw noKey("ContentBlock", at, KEYS);
      default -> {
        // What else there is has no rule that the model behind doesn't know better.
      }
    }
  }

  private static void result(ToolResultBlock result, String at, Attached attached) {
    if (result.content().isEmpty()) {
      throw RuntimeErrors.invalid(
          "The content field in the ToolResultBlock object at "
              + at
              + ".toolResult is empty. Add a ToolResultContentBlock object to the content field and"
              + " try again.");
    }
    for (int k = 0; k < result.content().size(); k++) {
      ToolResultContentBlock block = result.content().get(k);
      String inside = at + ".toolResult.content." + k;
      switch (block.type()) {
        case JSON -> object(block.json(), inside + ".json");
        case IMAGE -> attached.image(block.image(), inside);
        case DOCUMENT -> attached.document(block.document(), inside);
        case VIDEO -> attached.video(block.video(), inside);
        case UNKNOWN_TO_SDK_VERSION -> throw noKey("ToolResultContentBlock", inside, RESULT_KEYS);
        default -> {
          // Text can be empty: tools answer so.
        }
      }
    }
  }

  private static void reasoning(ReasoningContentBlock reasoning, boolean user, String at) {
    if (user) {
      throw RuntimeErrors.invalid(
          "User messages cannot contain reasoning content. Please remove the reasoning content and"
              + " try again.");
    }
    if (reasoning.type() == ReasoningContentBlock.Type.UNKNOWN_TO_SDK_VERSION) {
      throw noKey(
          "ReasoningContentBlock", at + ".reasoningContent", "reasoningText, redactedContent");
    }
  }

  private static void only(boolean user, String what, String at) {
    if (!user) {
      throw RuntimeErrors.invalid(
          "Assistant messages cannot contain "
              + what
              + ". Remove the ContentBlock object at "
              + at
              + " and try again.");
    }
  }

  /** A JSON object, as tools take and give. */
  static void object(Document value, String at) {
    if (value == null || !value.isMap()) {
      throw RuntimeErrors.invalid(
          "The format of the value at "
              + at
              + " is invalid. Provide a json object for the field and try again.");
    }
  }

  static ValidationException blank(String object, String at) {
    return RuntimeErrors.invalid(
        "The text field in the "
            + object
            + " object at "
            + at
            + " is blank. Add text to the text field, and try again.");
  }

  static ValidationException noKey(String object, String at, String keys) {
    return RuntimeErrors.invalid(
        "The "
            + object
            + " object at "
            + at
            + " must set one of the following keys: "
            + keys
            + ".");
  }

  static RefusedException guardrail() {
    return RefusedException.notImplemented("A guardrail around a model, and so guardContent,");
  }
}
