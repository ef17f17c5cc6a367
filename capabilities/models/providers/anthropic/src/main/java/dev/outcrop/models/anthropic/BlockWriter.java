package dev.outcrop.models.anthropic;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.JsonDocuments;
import dev.outcrop.models.RuntimeErrors;
import java.util.List;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.bedrockruntime.model.CitationGeneratedContent;
import software.amazon.awssdk.services.bedrockruntime.model.CitationsContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.GuardrailConverseContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ReasoningContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ToolResultBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ToolResultContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ToolResultStatus;
import software.amazon.awssdk.services.bedrockruntime.model.ToolUseBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ToolUseType;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/** Writes the content of messages, those of requests and those of answers. */
final class BlockWriter {

  private BlockWriter() {}

  static ArrayNode write(List<ContentBlock> content) {
    ArrayNode blocks = Json.array();
    ObjectNode last = null;
    for (ContentBlock block : content) {
      if (block.type() == ContentBlock.Type.CACHE_POINT) {
        CachePoints.write(block.cachePoint(), last, "a message");
      } else {
        last = block(block);
        blocks.add(last);
      }
    }
    return blocks;
  }

  private static ObjectNode block(ContentBlock block) {
    return switch (block.type()) {
      case TEXT -> text(block.text());
      case IMAGE -> MediaWriter.image(block.image());
      case DOCUMENT -> MediaWriter.document(block.document());
      case SEARCH_RESULT -> MediaWriter.searchResult(block.searchResult());
      case TOOL_USE -> toolUse(block.toolUse());
      case TOOL_RESULT -> toolResult(block.toolResult());
      case REASONING_CONTENT -> reasoning(block.reasoningContent());
      case CITATIONS_CONTENT -> cited(block.citationsContent());
      case GUARD_CONTENT -> guarded(block.guardContent());
      case VIDEO -> throw unsupported("video");
      case AUDIO -> throw unsupported("audio");
      case TOOL_ADDITION -> throw unsupported("toolAddition");
      case TOOL_REMOVAL -> throw unsupported("toolRemoval");
      default -> throw RuntimeErrors.invalid("A content block has no content of a known kind.");
    };
  }

  static ValidationException unsupported(String field) {
    return RuntimeErrors.invalid(
        "This model doesn't support the %s field. Remove %s and try again."
            .formatted(field, field));
  }

  static ObjectNode text(String text) {
    return Json.object().put("type", "text").put("text", text);
  }

  /** What a guardrail is to look at is content like any other to the model. */
  static ObjectNode guarded(GuardrailConverseContentBlock guarded) {
    return guarded.text() != null
        ? text(guarded.text().text())
        : MediaWriter.image(
            guarded.image().formatAsString(),
            guarded.image().source() == null ? null : guarded.image().source().bytes());
  }

  private static ObjectNode toolUse(ToolUseBlock use) {
    boolean server = use.type() == ToolUseType.SERVER_TOOL_USE;
    ObjectNode block =
        Json.object()
            .put("type", server ? "server_tool_use" : "tool_use")
            .put("id", use.toolUseId())
            .put("name", use.name());
    block.set("input", use.input() == null ? Json.object() : JsonDocuments.json(use.input()));
    return block;
  }

  private static ObjectNode toolResult(ToolResultBlock result) {
    if (result.type() != null) {
      return serverResult(result);
    }
    ObjectNode block =
        Json.object().put("type", "tool_result").put("tool_use_id", result.toolUseId());
    ArrayNode content = block.putArray("content");
    // A tool that says nothing is an empty text in Converse and no content here.
    result.content().stream()
        .filter(part -> part.text() == null || !part.text().isEmpty())
        .forEach(part -> content.add(resultContent(part)));
    if (result.status() != null) {
      block.put("is_error", result.status() == ToolResultStatus.ERROR);
    }
    return block;
  }

  private static ObjectNode resultContent(ToolResultContentBlock part) {
    return switch (part.type()) {
      case TEXT -> text(part.text());
      case JSON -> text(Json.text(JsonDocuments.json(part.json())));
      case IMAGE -> MediaWriter.image(part.image());
      case DOCUMENT -> MediaWriter.document(part.document());
      case SEARCH_RESULT -> MediaWriter.searchResult(part.searchResult());
      case VIDEO -> throw unsupported("video");
      case UNKNOWN_TO_SDK_VERSION ->
          throw RuntimeErrors.invalid("A tool result has no content of a known kind.");
    };
  }

  private static ObjectNode serverResult(ToolResultBlock result) {
    ObjectNode block =
        Json.object().put("type", result.type()).put("tool_use_id", result.toolUseId());
    if (result.content().size() != 1 || result.content().getFirst().json() == null) {
      throw RuntimeErrors.invalid("A result of the type " + result.type() + " is one JSON value.");
    }
    block.set("content", JsonDocuments.json(result.content().getFirst().json()));
    return block;
  }

  private static ObjectNode reasoning(ReasoningContentBlock reasoning) {
    if (reasoning.redactedContent() != null) {
      return Json.object()
          .put("type", "redacted_thinking")
          .put("data", reasoning.redactedContent().asUtf8String());
    }
    String signature = reasoning.reasoningText().signature();
    return Json.object()
        .put("type", "thinking")
        .put("thinking", reasoning.reasoningText().text())
        .put("signature", signature == null ? "" : signature);
  }

  private static ObjectNode cited(CitationsContentBlock cited) {
    ObjectNode block =
        text(
            cited.content().stream()
                .map(CitationGeneratedContent::text)
                .collect(Collectors.joining()));
    ArrayNode citations = block.putArray("citations");
    cited.citations().forEach(citation -> citations.add(Citations.write(citation)));
    return block;
  }
}
