package dev.outcrop.models.openai;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.model.AudioBlock;
import software.amazon.awssdk.services.bedrockruntime.model.DocumentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.GuardrailConverseContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ImageBlock;
import software.amazon.awssdk.services.bedrockruntime.model.SearchResultBlock;
import software.amazon.awssdk.services.bedrockruntime.model.SearchResultContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.VideoBlock;

/** The parts of a user message. Text alone is written as one string, which every server takes. */
final class Parts {

  private final ChatOptions options;
  private final ArrayNode parts = Json.array();
  private boolean textOnly = true;

  Parts(ChatOptions options) {
    this.options = options;
  }

  boolean isEmpty() {
    return parts.isEmpty();
  }

  void text(String text) {
    parts.addObject().put("type", "text").put("text", text);
  }

  void image(ImageBlock image, String path) {
    if (!options.images()) {
      throw Refusals.field(path);
    }
    SdkBytes bytes = image.source() == null ? null : image.source().bytes();
    image(bytes, image.formatAsString(), path);
  }

  private void image(SdkBytes bytes, String format, String path) {
    part("image_url").put("url", data("image/" + format, required(bytes, path)));
  }

  void guarded(GuardrailConverseContentBlock guarded, String path) {
    if (guarded.text() != null) {
      text(guarded.text().text());
    } else if (guarded.image() != null && options.images()) {
      image(guarded.image().source().bytes(), guarded.image().formatAsString(), path + ".image");
    } else {
      throw Refusals.field(path);
    }
  }

  void video(VideoBlock video, String path) {
    if (!options.video()) {
      throw Refusals.field(path);
    }
    String type =
        switch (video.formatAsString()) {
          case "three_gp" -> "video/3gpp";
          case "mkv" -> "video/x-matroska";
          case "mov" -> "video/quicktime";
          case "mpg" -> "video/mpeg";
          default -> "video/" + video.formatAsString();
        };
    SdkBytes bytes = video.source() == null ? null : video.source().bytes();
    part("video_url").put("url", data(type, required(bytes, path)));
  }

  void audio(AudioBlock audio, String path) {
    if (!options.audio()) {
      throw Refusals.field(path);
    }
    SdkBytes bytes = audio.source() == null ? null : audio.source().bytes();
    part("input_audio")
        .put("data", base64(required(bytes, path)))
        .put("format", audio.formatAsString());
  }

  void document(DocumentBlock document, String path) {
    if (document.citations() != null && Boolean.TRUE.equals(document.citations().enabled())) {
      throw Refusals.field(path + ".citations");
    }
    if (document.context() != null) {
      text(document.context());
    }
    if (document.source() != null && document.source().text() != null) {
      text(document.source().text());
      return;
    } else if (document.source() != null && document.source().hasContent()) {
      document.source().content().forEach(content -> text(content.text()));
      return;
    }
    if (options.documents() != ChatOptions.DocumentInput.FILE) {
      throw Refusals.field(path);
    }
    if (!"pdf".equals(document.formatAsString())) {
      throw Refusals.invalid(path + ".format", "must be pdf for this model");
    }
    SdkBytes bytes = document.source() == null ? null : document.source().bytes();
    part("file")
        .put("filename", document.name() + ".pdf")
        .put("file_data", data("application/pdf", required(bytes, path)));
  }

  void searchResult(SearchResultBlock result, String path) {
    if (result.citations() != null && Boolean.TRUE.equals(result.citations().enabled())) {
      throw Refusals.field(path + ".citations");
    }
    text(text(result));
  }

  /** A search result as a model without such a thing reads it. */
  static String text(SearchResultBlock result) {
    StringBuilder text =
        new StringBuilder("Title: " + result.title() + "\nSource: " + result.source());
    for (SearchResultContentBlock content : result.content()) {
      text.append("\n\n").append(content.text());
    }
    return text.toString();
  }

  private ObjectNode part(String type) {
    textOnly = false;
    return parts.addObject().put("type", type).putObject(type);
  }

  private static SdkBytes required(SdkBytes bytes, String path) {
    if (bytes == null || bytes.asByteArrayUnsafe().length == 0) {
      throw Refusals.invalid(path + ".source", "must have bytes");
    }
    return bytes;
  }

  private static String data(String type, SdkBytes bytes) {
    return "data:" + type + ";base64," + base64(bytes);
  }

  private static String base64(SdkBytes bytes) {
    return Base64.getEncoder().encodeToString(bytes.asByteArrayUnsafe());
  }

  /** Writes them as a message's content. */
  void into(ObjectNode message) {
    if (!textOnly) {
      message.set("content", parts);
      return;
    }
    StringBuilder text = new StringBuilder();
    parts.forEach(
        part -> text.append(text.isEmpty() ? "" : "\n").append(part.get("text").textValue()));
    message.put("content", text.toString());
  }
}
