package dev.outcrop.models.anthropic;

import dev.outcrop.models.JsonDocuments;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.bedrockruntime.model.CachePointBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ToolResultBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ToolResultContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ToolResultStatus;

/** Reads what tools answered. */
final class ToolResultReader {

  private static final Set<String> KEYS =
      Set.of("type", "tool_use_id", "content", "is_error", CachePoints.KEY);
  private static final Set<String> SERVER_KEYS =
      Set.of("type", "tool_use_id", "content", "caller", CachePoints.KEY);
  private static final Set<String> TEXT = Set.of("type", "text", CachePoints.KEY);

  /**
   * A result and the cache point after it. Converse has none inside of results; one that was there
   * moves to the end of the result, so that the same is cached and the rest of the result, too.
   */
  record Read(ToolResultBlock block, Optional<CachePointBlock> cachePoint) {}

  private ToolResultReader() {}

  static Read read(Fields block) {
    block.only(KEYS);
    Optional<CachePointBlock> point = CachePoints.read(block);
    List<ToolResultContentBlock> content = new ArrayList<>();
    if (block.isText("content")) {
      content.add(ToolResultContentBlock.fromText(block.requiredText("content")));
    } else {
      for (Fields part : block.objects("content")) {
        content.add(content(part));
        point = point.or(() -> CachePoints.read(part));
      }
    }
    if (content.isEmpty()) {
      content.add(ToolResultContentBlock.fromText("")); // Converse wants some content
    }
    return new Read(
        ToolResultBlock.builder()
            .toolUseId(block.requiredText("tool_use_id"))
            .content(content)
            .status(
                block
                    .bool("is_error")
                    .map(error -> error ? ToolResultStatus.ERROR : ToolResultStatus.SUCCESS)
                    .orElse(null))
            .build(),
        point);
  }

  private static ToolResultContentBlock content(Fields part) {
    String type = part.requiredText("type");
    return switch (type) {
      case "text" -> ToolResultContentBlock.fromText(part.only(TEXT).requiredText("text"));
      case "image" -> ToolResultContentBlock.fromImage(MediaReader.image(part));
      case "document" -> ToolResultContentBlock.fromDocument(MediaReader.document(part));
      case "search_result" ->
          ToolResultContentBlock.fromSearchResult(MediaReader.searchResult(part));
      default -> throw part.invalid("type", type + " is not a valid enum value");
    };
  }

  /** The result of a tool that ran at the provider, whose content only the provider understands. */
  static ToolResultBlock readServer(Fields block) {
    BlockReader.direct(block.only(SERVER_KEYS));
    return ToolResultBlock.builder()
        .toolUseId(block.requiredText("tool_use_id"))
        .type(block.requiredText("type"))
        .content(ToolResultContentBlock.fromJson(JsonDocuments.of(block.required("content"))))
        .build();
  }
}
