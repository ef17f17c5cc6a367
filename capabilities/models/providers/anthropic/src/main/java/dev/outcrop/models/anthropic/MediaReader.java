package dev.outcrop.models.anthropic;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.model.CitationsConfig;
import software.amazon.awssdk.services.bedrockruntime.model.DocumentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.DocumentContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.DocumentFormat;
import software.amazon.awssdk.services.bedrockruntime.model.DocumentSource;
import software.amazon.awssdk.services.bedrockruntime.model.ImageBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ImageSource;
import software.amazon.awssdk.services.bedrockruntime.model.SearchResultBlock;
import software.amazon.awssdk.services.bedrockruntime.model.SearchResultContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/** Reads image, document and search result blocks. */
final class MediaReader {

  static final Map<String, String> IMAGES =
      Map.of("image/png", "png", "image/jpeg", "jpeg", "image/gif", "gif", "image/webp", "webp");

  private static final Set<String> IMAGE = Set.of("type", "source", CachePoints.KEY);
  private static final Set<String> DOCUMENT =
      Set.of("type", "source", "title", "context", "citations", CachePoints.KEY);
  private static final Set<String> SEARCH_RESULT =
      Set.of("type", "source", "title", "content", "citations", CachePoints.KEY);
  private static final Set<String> DATA = Set.of("type", "media_type", "data");

  private MediaReader() {}

  static ImageBlock image(Fields block) {
    Fields source = block.only(IMAGE).requiredObject("source");
    if (!source.requiredText("type").equals("base64")) {
      throw elsewhere(source);
    }
    String media = source.only(DATA).requiredText("media_type");
    String format = IMAGES.get(media);
    if (format == null) {
      throw source.invalid("media_type", media + " is not a valid enum value");
    }
    return ImageBlock.builder().format(format).source(ImageSource.fromBytes(data(source))).build();
  }

  static DocumentBlock document(Fields block) {
    block.only(DOCUMENT);
    DocumentBlock.Builder document =
        DocumentBlock.builder()
            .name(block.text("title").orElse(null))
            .context(block.text("context").orElse(null))
            .citations(citations(block));
    Fields source = block.requiredObject("source");
    switch (source.requiredText("type")) {
      case "base64" -> {
        media(source, "application/pdf");
        document.format(DocumentFormat.PDF).source(DocumentSource.fromBytes(data(source)));
      }
      case "text" -> {
        media(source, "text/plain");
        String text = source.requiredText("data");
        document.format(DocumentFormat.TXT).source(DocumentSource.fromText(text));
      }
      case "content" -> document.source(content(source.only(Set.of("type", "content"))));
      default -> throw elsewhere(source);
    }
    return document.build();
  }

  private static void media(Fields source, String expected) {
    String media = source.only(DATA).requiredText("media_type");
    if (!media.equals(expected)) {
      throw source.invalid("media_type", media + " is not a valid enum value");
    }
  }

  private static DocumentSource content(Fields source) {
    if (source.isText("content")) {
      return DocumentSource.fromContent(
          List.of(DocumentContentBlock.fromText(source.requiredText("content"))));
    }
    source.required("content");
    return DocumentSource.fromContent(
        texts(source).stream().map(DocumentContentBlock::fromText).toList());
  }

  static SearchResultBlock searchResult(Fields block) {
    block.only(SEARCH_RESULT).required("content");
    return SearchResultBlock.builder()
        .source(block.requiredText("source"))
        .title(block.requiredText("title"))
        .content(
            texts(block).stream()
                .map(text -> SearchResultContentBlock.builder().text(text).build())
                .toList())
        .citations(citations(block))
        .build();
  }

  private static List<String> texts(Fields holder) {
    List<String> texts = new ArrayList<>();
    for (Fields part : holder.objects("content")) {
      String type = part.only(Set.of("type", "text")).requiredText("type");
      if (!type.equals("text")) {
        throw part.invalid("type", type + " is not a valid enum value, expected text");
      }
      texts.add(part.requiredText("text"));
    }
    return texts;
  }

  private static CitationsConfig citations(Fields block) {
    return block
        .object("citations")
        .map(c -> c.only(Set.of("enabled")).bool("enabled").orElse(false))
        .map(enabled -> CitationsConfig.builder().enabled(enabled).build())
        .orElse(null);
  }

  private static SdkBytes data(Fields source) {
    try {
      return SdkBytes.fromByteArrayUnsafe(
          Base64.getMimeDecoder().decode(source.requiredText("data")));
    } catch (IllegalArgumentException e) {
      throw source.invalid("data", "is not valid base64");
    }
  }

  private static ValidationException elsewhere(Fields source) {
    return source.invalid(
        "type",
        source.requiredText("type") + " is not a valid enum value; send the content itself");
  }
}
