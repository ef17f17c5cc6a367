package dev.outcrop.knowledge;

import static dev.outcrop.knowledge.KnowledgeErrors.stored;

import software.amazon.awssdk.services.bedrockagent.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.bedrockagent.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.bedrockagent.model.TagResourceRequest;
import software.amazon.awssdk.services.bedrockagent.model.TagResourceResponse;
import software.amazon.awssdk.services.bedrockagent.model.UntagResourceRequest;
import software.amazon.awssdk.services.bedrockagent.model.UntagResourceResponse;

/** Tags of knowledge bases. */
public final class KnowledgeBaseTags {
  private final KnowledgeStore store;

  KnowledgeBaseTags(KnowledgeStore store) {
    this.store = store;
  }

  public TagResourceResponse tagResource(TagResourceRequest request) {
    requireBase(request.resourceArn());
    return stored(
        () -> {
          store.tags().tag(request.resourceArn(), request.tags());
          return TagResourceResponse.builder().build();
        });
  }

  public UntagResourceResponse untagResource(UntagResourceRequest request) {
    requireBase(request.resourceArn());
    store.tags().untag(request.resourceArn(), request.tagKeys());
    return UntagResourceResponse.builder().build();
  }

  public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest request) {
    requireBase(request.resourceArn());
    return ListTagsForResourceResponse.builder()
        .tags(store.tags().list(request.resourceArn()))
        .build();
  }

  private void requireBase(String arn) {
    String id = arn.substring(arn.lastIndexOf('/') + 1);
    if (!arn.equals(KnowledgeStore.arn(id)) || store.bases().find(id).isEmpty()) {
      throw KnowledgeErrors.notFound("Resource " + arn + " does not exist");
    }
  }
}
