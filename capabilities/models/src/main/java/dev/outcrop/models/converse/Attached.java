package dev.outcrop.models.converse;

import dev.outcrop.models.RuntimeErrors;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.model.AudioBlock;
import software.amazon.awssdk.services.bedrockruntime.model.DocumentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.DocumentContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.DocumentSource;
import software.amazon.awssdk.services.bedrockruntime.model.ImageBlock;
import software.amazon.awssdk.services.bedrockruntime.model.S3Location;
import software.amazon.awssdk.services.bedrockruntime.model.VideoBlock;

/** Checks what is attached to a conversation, and counts it. */
final class Attached {

  private static final int MAX_IMAGES = 20;
  private static final int MAX_DOCUMENTS = 5;
  private static final int MAX_CACHE_POINTS = 4;

  private static final Pattern NAME = Pattern.compile("[\\p{Alnum}\\s()\\[\\]-]{1,200}");
  private static final Pattern SPACES = Pattern.compile("\\s{2}");

  private final Set<String> names = new HashSet<>();
  private int images;
  private int documents;
  private int cachePoints;

  void cachePoint() {
    cachePoints++;
  }

  void image(ImageBlock image, String at) {
    images++;
    boolean missing = image.source() == null;
    bytesOrS3(
        "ImageSource",
        at + ".image.source",
        missing ? null : image.source().bytes(),
        missing ? null : image.source().s3Location(),
        Limits.IMAGE);
  }

  void video(VideoBlock video, String at) {
    boolean missing = video.source() == null;
    bytesOrS3(
        "VideoSource",
        at + ".video.source",
        missing ? null : video.source().bytes(),
        missing ? null : video.source().s3Location(),
        Limits.MEDIA);
  }

  void audio(AudioBlock audio, String at) {
    boolean missing = audio.source() == null;
    bytesOrS3(
        "AudioSource",
        at + ".audio.source",
        missing ? null : audio.source().bytes(),
        missing ? null : audio.source().s3Location(),
        Limits.MEDIA);
  }

  private static void bytesOrS3(String object, String at, SdkBytes bytes, S3Location s3, int most) {
    if (bytes == null && s3 == null) {
      throw Blocks.noKey(object, at, "bytes, s3Location");
    }
    if (bytes != null) {
      size(bytes, at, most);
    }
  }

  private static void size(SdkBytes bytes, String at, int most) {
    int length = bytes.asByteArrayUnsafe().length;
    if (length == 0) {
      throw RuntimeErrors.invalid("The bytes at " + at + " are empty. Add some and try again.");
    }
    Limits.check(length, at, most);
  }

  void document(DocumentBlock document, String at) {
    documents++;
    String name = document.name();
    if (name == null || !NAME.matcher(name).matches() || SPACES.matcher(name).find()) {
      throw RuntimeErrors.invalid(
          "The document file name can only contain alphanumeric characters, whitespace characters,"
              + " hyphens, parentheses, and square brackets. The name can't contain more than one"
              + " consecutive whitespace character.");
    }
    if (!names.add(name)) {
      throw RuntimeErrors.invalid("Messages can't contain duplicate document names.");
    }
    source(document.source(), at + ".document.source");
  }

  private static void source(DocumentSource source, String at) {
    if (source == null || source.type() == DocumentSource.Type.UNKNOWN_TO_SDK_VERSION) {
      throw Blocks.noKey("DocumentSource", at, "bytes, s3Location, text, content");
    }
    switch (source.type()) {
      case BYTES -> size(source.bytes(), at, Limits.DOCUMENT);
      case TEXT -> {
        if (source.text().isBlank()) {
          throw Blocks.blank("DocumentSource", at);
        }
        Limits.check(source.text().length(), at, Limits.DOCUMENT);
      }
      case CONTENT -> {
        for (DocumentContentBlock part : source.content()) {
          if (part.text() == null || part.text().isBlank()) {
            throw Blocks.blank("DocumentContentBlock", at + ".content");
          }
        }
      }
      default -> {
        // An object's size shows when it is read.
      }
    }
  }

  /** How many there are. */
  void check() {
    most(documents, MAX_DOCUMENTS, "documents");
    most(images, MAX_IMAGES, "images");
    most(cachePoints, MAX_CACHE_POINTS, "cache points");
  }

  private static void most(int count, int most, String what) {
    if (count > most) {
      throw RuntimeErrors.invalid(
          "You can't include more than " + most + " " + what + " in a request.");
    }
  }
}
