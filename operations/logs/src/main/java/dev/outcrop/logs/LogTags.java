package dev.outcrop.logs;

import dev.outcrop.storage.Tags;
import software.amazon.awssdk.services.cloudwatchlogs.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.TagResourceRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.TagResourceResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.UntagResourceRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.UntagResourceResponse;

/** CloudWatch Logs' operations on the tags of log groups. */
public final class LogTags {
  private final LogFile file;

  LogTags(LogFile file) {
    this.file = file;
  }

  public TagResourceResponse tagResource(TagResourceRequest request) {
    LogGroups.tag(tags(), group(request.resourceArn()), request.tags());
    return TagResourceResponse.builder().build();
  }

  public UntagResourceResponse untagResource(UntagResourceRequest request) {
    tags().untag(group(request.resourceArn()), request.tagKeys());
    return UntagResourceResponse.builder().build();
  }

  public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest request) {
    return ListTagsForResourceResponse.builder()
        .tags(tags().list(group(request.resourceArn())))
        .build();
  }

  private Tags tags() {
    return new Tags(file.database());
  }

  /** The ARN of a group that there is, without the {@code :*} that some append. */
  private String group(String arn) {
    return file.database().read(sql -> GroupRow.get(sql, GroupRow.named(arn)).arn());
  }
}
