package dev.outcrop.models;

import dev.outcrop.models.converse.Limits;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.model.AudioSource;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ImageBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ImageSource;
import software.amazon.awssdk.services.bedrockruntime.model.S3Location;
import software.amazon.awssdk.services.bedrockruntime.model.ToolResultContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;
import software.amazon.awssdk.services.bedrockruntime.model.VideoBlock;
import software.amazon.awssdk.services.bedrockruntime.model.VideoSource;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Fetches what a conversation names by its place in S3. */
final class S3Objects {

  private static final Pattern URI =
      Pattern.compile("s3://([a-z0-9][.\\-a-z0-9]{1,61}[a-z0-9])/(.+)");

  private S3Objects() {}

  /** The block with the bytes of its object in it. */
  static ContentBlock fetched(S3Client objects, ContentBlock block, String at) {
    return switch (block.type()) {
      case IMAGE -> {
        ImageBlock image = image(objects, block.image(), at);
        yield image == block.image() ? block : ContentBlock.fromImage(image);
      }
      case VIDEO -> {
        VideoBlock video = video(objects, block.video(), at);
        yield video == block.video() ? block : ContentBlock.fromVideo(video);
      }
      case AUDIO -> {
        S3Location place = block.audio().source().s3Location();
        yield place == null
            ? block
            : ContentBlock.fromAudio(
                block.audio().toBuilder()
                    .source(
                        AudioSource.fromBytes(
                            read(objects, place, at + ".audio.source", Limits.MEDIA)))
                    .build());
      }
      default -> block;
    };
  }

  static ToolResultContentBlock fetched(S3Client objects, ToolResultContentBlock block, String at) {
    if (block.image() != null) {
      ImageBlock image = image(objects, block.image(), at);
      return image == block.image() ? block : ToolResultContentBlock.fromImage(image);
    }
    VideoBlock video = video(objects, block.video(), at);
    return video == block.video() ? block : ToolResultContentBlock.fromVideo(video);
  }

  private static ImageBlock image(S3Client objects, ImageBlock image, String at) {
    S3Location place = image.source().s3Location();
    return place == null
        ? image
        : image.toBuilder()
            .source(ImageSource.fromBytes(read(objects, place, at + ".image.source", Limits.IMAGE)))
            .build();
  }

  private static VideoBlock video(S3Client objects, VideoBlock video, String at) {
    S3Location place = video.source().s3Location();
    return place == null
        ? video
        : video.toBuilder()
            .source(VideoSource.fromBytes(read(objects, place, at + ".video.source", Limits.MEDIA)))
            .build();
  }

  /** An object's bytes, no more than allowed. */
  static SdkBytes read(S3Client objects, S3Location place, String at, int most) {
    Matcher uri = URI.matcher(place.uri() == null ? "" : place.uri());
    if (!uri.matches()) {
      throw RuntimeErrors.invalid(
          "The value at " + at + ".s3Location.uri is not the URI of an object, s3://bucket/key.");
    }
    if (objects == null) {
      throw RuntimeErrors.unsupported("s3Location", "objects aren't read here");
    }
    try (ResponseInputStream<GetObjectResponse> object =
        objects.getObject(
            r ->
                r.bucket(uri.group(1))
                    .key(uri.group(2))
                    .expectedBucketOwner(place.bucketOwner()))) {
      byte[] bytes = object.readNBytes(most + 1);
      Limits.check(bytes.length, at, most);
      return SdkBytes.fromByteArrayUnsafe(bytes);
    } catch (S3Exception e) {
      String why =
          e.awsErrorDetails() == null ? e.getMessage() : e.awsErrorDetails().errorMessage();
      throw unreadable(place, at, why);
    } catch (IOException e) {
      throw unreadable(place, at, e.getMessage());
    }
  }

  private static ValidationException unreadable(S3Location place, String at, String why) {
    return RuntimeErrors.invalid(
        "The object " + place.uri() + " at " + at + ".s3Location can't be read: " + why);
  }
}
