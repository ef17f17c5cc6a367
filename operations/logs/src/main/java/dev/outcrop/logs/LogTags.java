package dev.outcrop.logs;

import dev.outcrop.storage.Tags;
import software.amazon.awssdk.services.cloudwatchlogs.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.ListTagsLogGroupRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.ListTagsLogGroupResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.TagLogGroupRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.TagLogGroupResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.TagResourceRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.TagResourceResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.UntagLogGroupRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.UntagLogGroupResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.UntagResourceRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.UntagResourceResponse;

/** CloudWatch Logs' operations on the tags of log groups. */
@SuppressWarnings("deprecation") // older clients still use what AWS has deprecated
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

  /** The same by the group's name, as clients did before ARNs were taken. */
  public TagLogGroupResponse tagLogGroup(TagLogGroupRequest request) {
    LogGroups.tag(tags(), group(request.logGroupName()), request.tags());
    return TagLogGroupResponse.builder().build();
  }

  public UntagLogGroupResponse untagLogGroup(UntagLogGroupRequest request) {
    tags().untag(group(request.logGroupName()), request.tags());
    return UntagLogGroupResponse.builder().build();
  }

  public ListTagsLogGroupResponse listTagsLogGroup(ListTagsLogGroupRequest request) {
    return ListTagsLogGroupResponse.builder()
        .tags(tags().list(group(request.logGroupName())))
        .build();
  }

  private Tags tags() {
    return new Tags(file.database());
  }

  /**
   * The ARN of a group that there is, by its name or ARN, without the {@code :*} that some append.
   */
  private String group(String name) {
    return file.database().read(sql -> GroupRow.get(sql, GroupRow.named(name)).arn());
  }
}
