package dev.outcrop.models;

import java.util.List;
import java.util.function.LongSupplier;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.DocumentSource;
import software.amazon.awssdk.services.bedrockruntime.model.InferenceConfiguration;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.SystemContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.Tool;
import software.amazon.awssdk.services.bedrockruntime.model.ToolConfiguration;
import software.amazon.awssdk.services.bedrockruntime.model.ToolResultContentBlock;

/**
 * The most tokens that a request can count as, without a tokenizer: one a byte of text, since
 * tokenizers make no token of less, and what the dearest of the known providers count for the rest.
 */
final class Estimate {

  /** Most tokens of an answer that sets no bound, where the model's own bound isn't known. */
  static final long OUTPUT = 4096;

  /** An image of the largest size that isn't scaled down, at 750 pixels a token. */
  private static final long IMAGE = 1600;

  /** A minute of either at the rates of models that take them. */
  private static final long MEDIA = 20_000;

  /** What templates put around a message or tool. */
  private static final long AROUND = 16;

  private Estimate() {}

  /**
   * @param most tokens of an answer that sets no bound
   */
  static long output(InferenceConfiguration config, LongSupplier most) {
    return config == null || config.maxTokens() == null ? most.getAsLong() : config.maxTokens();
  }

  static long input(ConverseStreamRequest request) {
    long sum = AROUND;
    for (SystemContentBlock block : request.system()) {
      sum += AROUND + text(block.text());
    }
    for (Message message : request.messages()) {
      sum += AROUND;
      for (ContentBlock block : message.content()) {
        sum += block(block);
      }
    }
    return sum + tools(request.toolConfig());
  }

  private static long tools(ToolConfiguration tools) {
    long sum = 0;
    if (tools != null) {
      for (Tool tool : tools.tools()) {
        sum += AROUND;
        if (tool.toolSpec() != null) {
          sum += text(tool.toolSpec().name()) + text(tool.toolSpec().description());
          sum +=
              tool.toolSpec().inputSchema() == null
                  ? 0
                  : json(tool.toolSpec().inputSchema().json());
        }
      }
    }
    return sum;
  }

  private static long block(ContentBlock block) {
    return switch (block.type()) {
      case TEXT -> text(block.text());
      case IMAGE -> IMAGE;
      case VIDEO, AUDIO -> MEDIA;
      case DOCUMENT -> document(block.document().source());
      case TOOL_USE -> AROUND + text(block.toolUse().name()) + json(block.toolUse().input());
      case TOOL_RESULT -> AROUND + results(block.toolResult().content());
      case REASONING_CONTENT ->
          block.reasoningContent().reasoningText() == null
              ? bytes(block.reasoningContent().redactedContent())
              : text(block.reasoningContent().reasoningText().text());
      default -> AROUND;
    };
  }

  private static long results(List<ToolResultContentBlock> results) {
    long sum = 0;
    for (ToolResultContentBlock result : results) {
      sum +=
          switch (result.type()) {
            case TEXT -> text(result.text());
            case JSON -> json(result.json());
            case IMAGE -> IMAGE;
            case VIDEO -> MEDIA;
            case DOCUMENT -> document(result.document().source());
            default -> AROUND;
          };
    }
    return sum;
  }

  private static long document(DocumentSource source) {
    if (source == null) {
      return 0;
    }
    long sum = text(source.text()) + bytes(source.bytes());
    for (var part : source.content()) {
      sum += text(part.text());
    }
    return sum;
  }

  private static long bytes(SdkBytes bytes) {
    return bytes == null ? 0 : bytes.asByteArrayUnsafe().length;
  }

  /** Bytes in UTF-8; half of a surrogate pair counts as two of its four. */
  static long text(String text) {
    if (text == null) {
      return 0;
    }
    long bytes = text.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      bytes += c < 0x80 ? 0 : c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
    }
    return bytes;
  }

  private static long json(Document value) {
    if (value == null) {
      return 0;
    }
    if (value.isMap()) {
      long sum = 2;
      for (var entry : value.asMap().entrySet()) {
        sum += 4 + text(entry.getKey()) + json(entry.getValue());
      }
      return sum;
    }
    if (value.isList()) {
      long sum = 2;
      for (Document element : value.asList()) {
        sum += 1 + json(element);
      }
      return sum;
    }
    return 2
        + (value.isString() ? text(value.asString()) : String.valueOf(value.unwrap()).length());
  }
}
