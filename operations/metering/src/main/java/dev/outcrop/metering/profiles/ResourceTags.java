package dev.outcrop.metering.profiles;

import dev.outcrop.storage.Database;
import dev.outcrop.storage.StorageException;
import dev.outcrop.storage.Tags;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.bedrock.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.bedrock.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.bedrock.model.ResourceNotFoundException;
import software.amazon.awssdk.services.bedrock.model.Tag;
import software.amazon.awssdk.services.bedrock.model.TagResourceRequest;
import software.amazon.awssdk.services.bedrock.model.TagResourceResponse;
import software.amazon.awssdk.services.bedrock.model.TooManyTagsException;
import software.amazon.awssdk.services.bedrock.model.UntagResourceRequest;
import software.amazon.awssdk.services.bedrock.model.UntagResourceResponse;
import software.amazon.awssdk.services.bedrock.model.ValidationException;

/** Bedrock's operations on the tags of its resources, of whatever kind. */
public final class ResourceTags {
  private final Tags tags;
  private final List<Predicate<String>> kinds;

  /**
   * @param kinds each says whether an ARN is that of a resource of its kind that is there
   */
  public ResourceTags(Database database, List<Predicate<String>> kinds) {
    this.tags = new Tags(database);
    this.kinds = List.copyOf(kinds);
  }

  public TagResourceResponse tagResource(TagResourceRequest request) {
    require(request.resourceARN());
    try {
      tags.tag(
          request.resourceARN(),
          request.tags().stream().collect(Collectors.toMap(Tag::key, Tag::value, (a, b) -> b)));
    } catch (StorageException.InvalidTag e) {
      throw ValidationException.builder().message(e.getMessage()).build();
    } catch (StorageException.TooManyTags e) {
      throw TooManyTagsException.builder().message(e.getMessage()).build();
    }
    return TagResourceResponse.builder().build();
  }

  public UntagResourceResponse untagResource(UntagResourceRequest request) {
    require(request.resourceARN());
    tags.untag(request.resourceARN(), request.tagKeys());
    return UntagResourceResponse.builder().build();
  }

  public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest request) {
    require(request.resourceARN());
    return ListTagsForResourceResponse.builder()
        .tags(
            tags.list(request.resourceARN()).entrySet().stream()
                .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList())
        .build();
  }

  private void require(String arn) {
    if (kinds.stream().noneMatch(kind -> kind.test(arn))) {
      throw ResourceNotFoundException.builder()
          .message("There is no such resource: " + arn)
          .build();
    }
  }
}
