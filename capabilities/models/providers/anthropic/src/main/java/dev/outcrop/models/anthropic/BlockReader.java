package dev.outcrop.models.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outcrop.models.JsonDocuments;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.model.CachePointBlock;
import software.amazon.awssdk.services.bedrockruntime.model.CitationGeneratedContent;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ReasoningContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ToolUseType;

/** Reads the content of messages. */
final class BlockReader {

  private static final Set<String> TEXT = Set.of("type", "text", "citations", CachePoints.KEY);
  private static final Set<String> THINKING = Set.of("type", "thinking", "signature");
  private static final Set<String> REDACTED = Set.of("type", "data");
  private static final Set<String> TOOL_USE =
      Set.of("type", "id", "name", "input", "caller", CachePoints.KEY);

  private final List<ContentBlock> blocks = new ArrayList<>();

  private BlockReader() {}

  /** The content of a message: a text or a list of blocks. */
  static List<ContentBlock> read(Fields message) {
    if (message.isText("content")) {
      return List.of(ContentBlock.fromText(message.requiredText("content")));
    }
    message.required("content");
    BlockReader reader = new BlockReader();
    message.objects("content").forEach(reader::add);
    return reader.blocks;
  }

  private void add(Fields block) {
    String type = block.requiredText("type");
    switch (type) {
      case "text" -> blocks.add(text(block.only(TEXT)));
      case "image" -> blocks.add(ContentBlock.fromImage(MediaReader.image(block)));
      case "document" -> blocks.add(ContentBlock.fromDocument(MediaReader.document(block)));
      case "search_result" ->
          blocks.add(ContentBlock.fromSearchResult(MediaReader.searchResult(block)));
      case "thinking" -> blocks.add(thinking(block.only(THINKING)));
      case "redacted_thinking" -> blocks.add(redacted(block.only(REDACTED)));
      case "tool_use" -> blocks.add(toolUse(block, null));
      case "server_tool_use" -> blocks.add(toolUse(block, ToolUseType.SERVER_TOOL_USE));
      case "tool_result" -> {
        ToolResultReader.Read result = ToolResultReader.read(block);
        blocks.add(ContentBlock.fromToolResult(result.block()));
        result.cachePoint().ifPresent(this::cache);
        return;
      }
      default -> {
        if (!type.endsWith("_tool_result")) {
          throw block.invalid("type", type + " is not a valid enum value");
        }
        blocks.add(ContentBlock.fromToolResult(ToolResultReader.readServer(block)));
      }
    }
    CachePoints.read(block).ifPresent(this::cache);
  }

  private void cache(CachePointBlock point) {
    blocks.add(ContentBlock.fromCachePoint(point));
  }

  private static ContentBlock text(Fields block) {
    String text = block.requiredText("text");
    List<Fields> citations = block.objects("citations");
    return citations.isEmpty()
        ? ContentBlock.fromText(text)
        : ContentBlock.builder()
            .citationsContent(
                c ->
                    c.content(CitationGeneratedContent.fromText(text))
                        .citations(citations.stream().map(Citations::read).toList()))
            .build();
  }

  private static ContentBlock thinking(Fields block) {
    String text = block.requiredText("thinking");
    String signature = block.requiredText("signature");
    return ContentBlock.fromReasoningContent(
        ReasoningContentBlock.builder()
            .reasoningText(t -> t.text(text).signature(signature))
            .build());
  }

  /** Bedrock keeps Anthropic's text as the bytes, though it is base64 itself. */
  private static ContentBlock redacted(Fields block) {
    return ContentBlock.fromReasoningContent(
        ReasoningContentBlock.fromRedactedContent(
            SdkBytes.fromUtf8String(block.requiredText("data"))));
  }

  private static ContentBlock toolUse(Fields block, ToolUseType type) {
    direct(block.only(TOOL_USE));
    JsonNode input = block.requiredObject("input").node();
    return ContentBlock.builder()
        .toolUse(
            use ->
                use.toolUseId(block.requiredText("id"))
                    .name(block.requiredText("name"))
                    .input(JsonDocuments.of(input))
                    .type(type))
        .build();
  }

  /** Who called: the model itself, which goes without saying, or a program of its own. */
  static void direct(Fields block) {
    Optional<String> caller = block.object("caller").map(c -> c.requiredText("type"));
    if (caller.isPresent() && !caller.get().equals("direct")) {
      throw block.invalid("caller", caller.get() + " is not a valid enum value, expected direct");
    }
  }
}
