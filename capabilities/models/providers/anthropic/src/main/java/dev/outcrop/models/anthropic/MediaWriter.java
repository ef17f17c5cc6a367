package dev.outcrop.models.anthropic;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.RuntimeErrors;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.model.CitationsConfig;
import software.amazon.awssdk.services.bedrockruntime.model.DocumentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.DocumentSource;
import software.amazon.awssdk.services.bedrockruntime.model.ImageBlock;
import software.amazon.awssdk.services.bedrockruntime.model.SearchResultBlock;

/** Writes image, document and search result blocks. */
final class MediaWriter {

  /** What is text as it stands. */
  private static final Set<String> TEXTS = Set.of("txt", "md", "csv", "html");

  private MediaWriter() {}

  static ObjectNode image(ImageBlock image) {
    return image(image.formatAsString(), image.source() == null ? null : image.source().bytes());
  }

  static ObjectNode image(String format, SdkBytes bytes) {
    if (bytes == null) {
      throw RuntimeErrors.invalid("An image has no bytes.");
    }
    ObjectNode block = Json.object().put("type", "image");
    block
        .putObject("source")
        .put("type", "base64")
        .put("media_type", "image/" + format)
        .put("data", base64(bytes));
    return block;
  }

  static ObjectNode document(DocumentBlock document) {
    ObjectNode block = Json.object().put("type", "document");
    block.set("source", source(document));
    String name = document.name() == null ? "" : document.name();
    String title = Said.current().titles().getOrDefault(name, name);
    if (!title.isEmpty()) {
      block.put("title", title);
    }
    if (document.context() != null) {
      block.put("context", document.context());
    }
    citations(document.citations(), block);
    return block;
  }

  private static ObjectNode source(DocumentBlock document) {
    DocumentSource source = document.source();
    DocumentSource.Type type =
        source == null ? DocumentSource.Type.UNKNOWN_TO_SDK_VERSION : source.type();
    return switch (type) {
      case TEXT -> text(source.text());
      case CONTENT -> {
        ObjectNode written = Json.object().put("type", "content");
        ArrayNode content = written.putArray("content");
        source.content().forEach(part -> content.add(BlockWriter.text(part.text())));
        yield written;
      }
      case BYTES -> bytes(document.formatAsString(), source.bytes());
      default -> throw RuntimeErrors.invalid("A document has no bytes, text or content.");
    };
  }

  /** Whether a document's bytes are sent as they are. */
  static boolean reads(String format) {
    return "pdf".equals(format) || (format != null && TEXTS.contains(format));
  }

  private static ObjectNode bytes(String format, SdkBytes bytes) {
    if ("pdf".equals(format)) {
      return Json.object()
          .put("type", "base64")
          .put("media_type", "application/pdf")
          .put("data", base64(bytes));
    }
    if (format == null || !TEXTS.contains(format)) {
      throw RuntimeErrors.invalid(
          "This model doesn't support documents of the format " + format + ".");
    }
    try {
      ByteBuffer utf8 = bytes.asByteBuffer();
      return text(StandardCharsets.UTF_8.newDecoder().decode(utf8).toString());
    } catch (CharacterCodingException e) {
      throw RuntimeErrors.invalid("A document of the format " + format + " is not UTF-8 text.");
    }
  }

  private static ObjectNode text(String text) {
    return Json.object().put("type", "text").put("media_type", "text/plain").put("data", text);
  }

  static ObjectNode searchResult(SearchResultBlock result) {
    ObjectNode block =
        Json.object()
            .put("type", "search_result")
            .put("source", result.source())
            .put("title", result.title());
    ArrayNode content = block.putArray("content");
    result.content().forEach(part -> content.add(BlockWriter.text(part.text())));
    citations(result.citations(), block);
    return block;
  }

  private static void citations(CitationsConfig citations, ObjectNode block) {
    if (citations != null) {
      block.putObject("citations").put("enabled", citations.enabled());
    }
  }

  private static String base64(SdkBytes bytes) {
    return Base64.getEncoder().encodeToString(bytes.asByteArrayUnsafe());
  }
}
