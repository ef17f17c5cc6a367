package dev.outcrop.models;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.model.Citation;
import software.amazon.awssdk.services.bedrockruntime.model.CitationSourceContent;
import software.amazon.awssdk.services.bedrockruntime.model.CitationsDelta;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDelta;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockStart;
import software.amazon.awssdk.services.bedrockruntime.model.ErrorBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ImageBlockStart;
import software.amazon.awssdk.services.bedrockruntime.model.ReasoningContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ToolResultBlockDelta;
import software.amazon.awssdk.services.bedrockruntime.model.ToolResultBlockStart;
import software.amazon.awssdk.services.bedrockruntime.model.ToolResultContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ToolUseBlockStart;

/** A content block whose deltas are still coming. */
sealed interface OpenBlock {

  void add(ContentBlockDelta delta);

  ContentBlock block();

  /** The block that a start event opens. */
  static OpenBlock of(ContentBlockStart start) {
    return switch (start.type()) {
      case TOOL_USE -> new ToolUse(start.toolUse());
      case TOOL_RESULT -> new ToolResult(start.toolResult());
      case IMAGE -> new Image(start.image());
      default -> throw new IllegalStateException("a chat model began a block of " + start.type());
    };
  }

  /** The block that a delta opens when no start event came. */
  static OpenBlock of(ContentBlockDelta first) {
    return switch (first.type()) {
      case TEXT, CITATION -> new Text();
      case REASONING_CONTENT -> new Reasoning();
      default -> throw new IllegalStateException("a chat model began a block of " + first.type());
    };
  }

  /** Text, with the citations that belong to it. */
  final class Text implements OpenBlock {
    private final StringBuilder text = new StringBuilder();
    private final List<Citation> citations = new ArrayList<>();

    @Override
    public void add(ContentBlockDelta delta) {
      if (delta.citation() != null) {
        citations.add(citation(delta.citation()));
      } else {
        text.append(delta.text());
      }
    }

    private static Citation citation(CitationsDelta delta) {
      return Citation.builder()
          .title(delta.title())
          .source(delta.source())
          .sourceContent(
              delta.hasSourceContent()
                  ? delta.sourceContent().stream()
                      .map(part -> CitationSourceContent.fromText(part.text()))
                      .toList()
                  : null)
          .location(delta.location())
          .build();
    }

    @Override
    public ContentBlock block() {
      return citations.isEmpty()
          ? ContentBlock.fromText(text.toString())
          : ContentBlock.builder()
              .citationsContent(c -> c.content(g -> g.text(text.toString())).citations(citations))
              .build();
    }
  }

  /** A model's thinking: text and a signature, or what the model's maker keeps to itself. */
  final class Reasoning implements OpenBlock {
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder signature = new StringBuilder();
    private final ByteArrayOutputStream redacted = new ByteArrayOutputStream();

    @Override
    public void add(ContentBlockDelta delta) {
      switch (delta.reasoningContent().type()) {
        case TEXT -> text.append(delta.reasoningContent().text());
        case SIGNATURE -> signature.append(delta.reasoningContent().signature());
        case REDACTED_CONTENT ->
            redacted.writeBytes(delta.reasoningContent().redactedContent().asByteArrayUnsafe());
        case UNKNOWN_TO_SDK_VERSION ->
            throw new IllegalStateException("a chat model sent reasoning of an unknown kind");
      }
    }

    @Override
    public ContentBlock block() {
      return ContentBlock.fromReasoningContent(
          redacted.size() > 0
              ? ReasoningContentBlock.fromRedactedContent(
                  SdkBytes.fromByteArray(redacted.toByteArray()))
              : ReasoningContentBlock.builder()
                  .reasoningText(
                      t ->
                          t.text(text.toString())
                              .signature(signature.isEmpty() ? null : signature.toString()))
                  .build());
    }
  }

  /** A call of a tool, whose input comes as pieces of JSON. */
  final class ToolUse implements OpenBlock {
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
      return ContentBlock.builder()
          .toolUse(
              use ->
                  use.toolUseId(start.toolUseId())
                      .name(start.name())
                      .type(start.typeAsString())
                      .input(ToolInput.read(input.toString())))
          .build();
    }
  }

  /** What a tool answered that was run on the model's own side. */
  final class ToolResult implements OpenBlock {
    private final ToolResultBlockStart start;
    private final List<ToolResultContentBlock> content = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    ToolResult(ToolResultBlockStart start) {
      this.start = start;
    }

    @Override
    public void add(ContentBlockDelta delta) {
      for (ToolResultBlockDelta part : delta.toolResult()) {
        if (part.text() != null) {
          text.append(part.text());
        } else {
          endText();
          content.add(ToolResultContentBlock.fromJson(part.json()));
        }
      }
    }

    private void endText() {
      if (!text.isEmpty()) {
        content.add(ToolResultContentBlock.fromText(text.toString()));
        text.setLength(0);
      }
    }

    @Override
    public ContentBlock block() {
      endText();
      return ContentBlock.builder()
          .toolResult(
              r ->
                  r.toolUseId(start.toolUseId())
                      .type(start.type())
                      .status(start.statusAsString())
                      .content(content))
          .build();
    }
  }

  /** An image, whose bytes come in pieces. */
  final class Image implements OpenBlock {
    private final ImageBlockStart start;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private ErrorBlock error;

    Image(ImageBlockStart start) {
      this.start = start;
    }

    @Override
    public void add(ContentBlockDelta delta) {
      if (delta.image().error() != null) {
        error = delta.image().error();
      }
      if (delta.image().source() != null && delta.image().source().bytes() != null) {
        bytes.writeBytes(delta.image().source().bytes().asByteArrayUnsafe());
      }
    }

    @Override
    public ContentBlock block() {
      return ContentBlock.builder()
          .image(
              image -> {
                image.format(start.formatAsString()).error(error);
                if (bytes.size() > 0) {
                  image.source(s -> s.bytes(SdkBytes.fromByteArray(bytes.toByteArray())));
                }
              })
          .build();
    }
  }
}
