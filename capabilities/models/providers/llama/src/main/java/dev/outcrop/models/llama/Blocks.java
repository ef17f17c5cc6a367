package dev.outcrop.models.llama;

import static dev.outcrop.models.llama.Refusals.allowOnly;
import static dev.outcrop.models.llama.Refusals.invalid;

import dev.outcrop.models.JsonDocuments;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.bedrockruntime.model.DocumentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.DocumentContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.DocumentSource;
import software.amazon.awssdk.services.bedrockruntime.model.ToolResultBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ToolResultContentBlock;

/** What stands in a prompt for a document or for what a tool answered. */
final class Blocks {
  private static final Set<String> TEXT = Set.of("txt", "md", "csv", "html");

  private Blocks() {}

  static String document(DocumentBlock document, String path) {
    allowOnly(document, path, Set.of("format", "name", "source", "context", "citations"));
    if (document.citations() != null && Boolean.TRUE.equals(document.citations().enabled())) {
      throw invalid("This model doesn't support citations. Disable citations and try again.");
    }
    String context = document.context() == null ? "" : document.context() + "\n";
    return "<document name=\"%s\">\n%s%s\n</document>"
        .formatted(document.name(), context, content(document, path));
  }

  private static String content(DocumentBlock document, String path) {
    DocumentSource source = document.source();
    if (source == null) {
      throw invalid("The source field at %ssource is missing.".formatted(path));
    }
    allowOnly(source, path + "source.", Set.of("bytes", "text", "content"));
    if (source.text() != null) {
      return source.text();
    }
    if (source.hasContent()) {
      List<String> texts = new ArrayList<>();
      source.content().stream().map(DocumentContentBlock::text).forEach(texts::add);
      return String.join("\n", texts);
    }
    String format = document.formatAsString() == null ? "txt" : document.formatAsString();
    if (!TEXT.contains(format)) {
      throw invalid(
          "This model doesn't support the %s document format at %sformat. It supports %s."
              .formatted(format, path, String.join(", ", TEXT.stream().sorted().toList())));
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(source.bytes().asByteArrayUnsafe()))
          .toString();
    } catch (CharacterCodingException e) {
      throw invalid("The document at %ssource.bytes is not text in UTF-8.".formatted(path));
    }
  }

  static String toolResult(ToolResultBlock result, String path) {
    allowOnly(result, path, Set.of("toolUseId", "content", "status", "type"));
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < result.content().size(); i++) {
      ToolResultContentBlock block = result.content().get(i);
      String at = path + "content.%d.".formatted(i);
      allowOnly(block, at, Set.of("text", "json", "document"));
      if (block.json() != null) {
        texts.add(JsonDocuments.json(block.json()).toString());
      } else if (block.document() != null) {
        texts.add(document(block.document(), at + "document."));
      } else if (block.text() != null) {
        texts.add(block.text());
      }
    }
    String text = String.join("\n", texts);
    return "error".equals(result.statusAsString()) ? "Error: " + text : text;
  }
}
