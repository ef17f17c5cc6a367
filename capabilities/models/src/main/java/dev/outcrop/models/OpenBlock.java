package dev.outcrop.models;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDelta;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockStart;
import software.amazon.awssdk.services.bedrockruntime.model.ModelErrorException;
import software.amazon.awssdk.services.bedrockruntime.model.ReasoningContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ToolUseBlockStart;

/** A content block whose deltas are still coming. */
sealed interface OpenBlock {

  void add(ContentBlockDelta delta);

  ContentBlock block();

  /** The block that a start event opens: a tool's use. */
  static OpenBlock of(ContentBlockStart start) {
    return switch (start.type()) {
      case TOOL_USE -> new ToolUse(start.toolUse());
      default -> throw new IllegalStateException("a chat model began a block of " + start.type());
    };
  }

  /** The block that a delta opens when no start event came. */
  static OpenBlock of(ContentBlockDelta first) {
    return switch (first.type()) {
      case TEXT -> new Text();
      case REASONING_CONTENT -> new Reasoning();
      default -> throw new IllegalStateException("a chat model began a block of " + first.type());
    };
  }

  /** Text. */
  final class Text implements OpenBlock {
    private final StringBuilder text = new StringBuilder();

    @Override
    public void add(ContentBlockDelta delta) {
      text.append(delta.text());
    }

    @Override
    public ContentBlock block() {
      return ContentBlock.fromText(text.toString());
    }
  }

  /** A model's thinking. */
  final class Reasoning implements OpenBlock {
    private final StringBuilder text = new StringBuilder();
    private String signature;

    @Override
    public void add(ContentBlockDelta delta) {
      if (delta.reasoningContent().text() != null) {
        text.append(delta.reasoningContent().text());
      }
      if (delta.reasoningContent().signature() != null) {
        signature = delta.reasoningContent().signature();
      }
    }

    @Override
    public ContentBlock block() {
      return ContentBlock.fromReasoningContent(
          ReasoningContentBlock.builder()
              .reasoningText(t -> t.text(text.toString()).signature(signature))
              .build());
    }
  }

  /** A call of a tool, whose input comes as pieces of JSON. */
  final class ToolUse implements OpenBlock {
    private static final JsonMapper JSON = new JsonMapper();
    private final ToolUseBlockStart start;
    private final StringBuilder input = new StringBuilder();

    ToolUse(ToolUseBlockStart start) {
      this.start = start;
    }

    @Override
    public void add(ContentBlockDelta delta) {
      input.append(delta.toolUse().input());
    }

    @Override
    public ContentBlock block() {
      Document document = parse(input.isEmpty() ? "{}" : input.toString());
      return ContentBlock.builder()
          .toolUse(use -> use.toolUseId(start.toolUseId()).name(start.name()).input(document))
          .build();
    }

    private static Document parse(String json) {
      try {
        return document(JSON.readTree(json));
      } catch (JsonProcessingException e) {
        throw ModelErrorException.builder()
            .message("The model wrote a tool input that is not valid JSON.")
            .cause(e)
            .build();
      }
    }

    private static Document document(JsonNode node) {
      return switch (node.getNodeType()) {
        case OBJECT -> {
          Map<String, Document> map = new LinkedHashMap<>();
          node.properties().forEach(e -> map.put(e.getKey(), document(e.getValue())));
          yield Document.fromMap(map);
        }
        case ARRAY -> {
          List<Document> list = new ArrayList<>();
          node.forEach(element -> list.add(document(element)));
          yield Document.fromList(list);
        }
        case STRING -> Document.fromString(node.textValue());
        case NUMBER -> Document.fromNumber(node.asText());
        case BOOLEAN -> Document.fromBoolean(node.booleanValue());
        default -> Document.fromNull();
      };
    }
  }
}
