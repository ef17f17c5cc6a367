package dev.outcrop.models.bodies;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.model.AudioBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.DocumentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.VideoBlock;

/** The content of OpenAI's messages: a text, or a list of parts. */
final class OpenAiParts {

  private OpenAiParts() {}

  /** The content, of parts of any kind. */
  static List<ContentBlock> read(Body message) {
    if (message.isText("content")) {
      return List.of(ContentBlock.fromText(message.requiredText("content")));
    }
    List<ContentBlock> blocks = new ArrayList<>();
    for (Body part : message.objects("content").orElse(List.of())) {
      blocks.add(block(part));
    }
    return blocks;
  }

  /** The content, of text only. */
  static List<String> texts(Body message) {
    List<String> texts = new ArrayList<>();
    for (ContentBlock block : read(message)) {
      if (block.text() == null) {
        throw message.invalid("content", "only parts of type text are permitted in this role");
      }
      texts.add(block.text());
    }
    return texts;
  }

  private static ContentBlock block(Body part) {
    String type = part.requiredText("type");
    return switch (type) {
      case "text" -> ContentBlock.fromText(part.only(Set.of("type", "text")).requiredText("text"));
      case "refusal" ->
          ContentBlock.fromText(part.only(Set.of("type", "refusal")).requiredText("refusal"));
      case "image_url" -> image(part);
      case "input_audio" -> audio(inner(part, "input_audio", Set.of("data", "format")));
      case "file" -> file(inner(part, "file", Set.of("file_data", "filename", "file_id")));
      case "video_url" -> video(inner(part, "video_url", Set.of("url")));
      default ->
          throw part.invalid(
              "type",
              type
                  + " is not a valid enum value, expected text, image_url, input_audio, file or"
                  + " video_url");
    };
  }

  private static Body inner(Body part, String key, Set<String> keys) {
    return part.only(Set.of("type", key))
        .object(key)
        .orElseThrow(() -> part.missing(key))
        .only(keys);
  }

  private static ContentBlock image(Body part) {
    if (part.isText("image_url")) {
      return DataUrl.image(part.only(Set.of("type", "image_url")), "image_url");
    }
    Body image = inner(part, "image_url", Set.of("url", "detail"));
    if (!image.text("detail").orElse("auto").equals("auto")) {
      throw image.unsupported("detail", "the model decides how closely it looks, use auto");
    }
    return DataUrl.image(image, "url");
  }

  private static ContentBlock audio(Body audio) {
    byte[] bytes = audio.bytes("data").orElseThrow(() -> audio.missing("data"));
    return ContentBlock.fromAudio(
        AudioBlock.builder()
            .format(audio.requiredText("format"))
            .source(source -> source.bytes(SdkBytes.fromByteArrayUnsafe(bytes)))
            .build());
  }

  private static ContentBlock video(Body video) {
    DataUrl url = DataUrl.read(video, "url");
    return ContentBlock.fromVideo(
        VideoBlock.builder()
            .format(url.type().substring(url.type().indexOf('/') + 1))
            .source(source -> source.bytes(SdkBytes.fromByteArrayUnsafe(url.bytes())))
            .build());
  }

  private static ContentBlock file(Body file) {
    file.refuse("file_id", "this server keeps no uploaded files, send file_data");
    String name = file.text("filename").orElse("document.pdf");
    int dot = name.lastIndexOf('.');
    DataUrl url = DataUrl.read(file, "file_data");
    return ContentBlock.fromDocument(
        DocumentBlock.builder()
            .format(dot < 0 ? "pdf" : name.substring(dot + 1).toLowerCase(Locale.ROOT))
            .name(documentName(dot < 0 ? name : name.substring(0, dot)))
            .source(source -> source.bytes(SdkBytes.fromByteArrayUnsafe(url.bytes())))
            .build());
  }

  /** A name of the characters that Converse permits for documents. */
  static String documentName(String name) {
    String plain = name.replaceAll("[^a-zA-Z0-9\\s\\-()\\[\\]]", "-").replaceAll("\\s+", " ");
    return plain.isBlank() ? "document" : plain;
  }
}
