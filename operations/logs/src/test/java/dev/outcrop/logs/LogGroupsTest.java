package dev.outcrop.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudwatchlogs.model.InvalidParameterException;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogStream;
import software.amazon.awssdk.services.cloudwatchlogs.model.OrderBy;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceAlreadyExistsException;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;
import software.amazon.awssdk.services.cloudwatchlogs.model.ValidationException;

class LogGroupsTest {
  @TempDir private Path folder;

  @Test
  void groupsAreMadeOnceFoundByPrefixOrPatternAndGoneWithAllThatIsInThem() {
    try (Running running = new Running(folder)) {
      running.stream("/app/web", "one");
      running.stream("/app/worker", "one");
      running.stream("other", "one");
      assertThatThrownBy(() -> running.client.createLogGroup(c -> c.logGroupName("other")))
          .isInstanceOf(ResourceAlreadyExistsException.class);
      assertThat(names(running, "/app/", null)).containsExactly("/app/web", "/app/worker");
      assertThat(names(running, null, "or")).containsExactly("/app/worker");
      running.put("/app/web", "one", running.numbered(3));
      LogGroup web =
          running
              .client
              .describeLogGroups(d -> d.logGroupNamePrefix("/app/web"))
              .logGroups()
              .getFirst();
      assertThat(web.storedBytes()).isEqualTo(3 * (2 + 26));
      assertThat(web.arn()).isEqualTo("arn:aws:logs:us-east-1:000000000000:log-group:/app/web:*");
      running.client.deleteLogGroup(d -> d.logGroupName("/app/web"));
      assertThatThrownBy(() -> running.put("/app/web", "one", running.numbered(1)))
          .isInstanceOf(ResourceNotFoundException.class);
      running.stream("/app/web", "one");
      assertThat(running.client.filterLogEvents(f -> f.logGroupName("/app/web")).events())
          .isEmpty();
    }
  }

  private static List<String> names(Running running, String prefix, String pattern) {
    return running
        .client
        .describeLogGroupsPaginator(
            d -> d.logGroupNamePrefix(prefix).logGroupNamePattern(pattern).limit(1))
        .logGroups()
        .stream()
        .map(LogGroup::logGroupName)
        .toList();
  }

  @Test
  void aProtectedGroupStays() {
    try (Running running = new Running(folder)) {
      running.client.createLogGroup(c -> c.logGroupName("g").deletionProtectionEnabled(true));
      assertThatThrownBy(() -> running.client.deleteLogGroup(d -> d.logGroupName("g")))
          .isInstanceOf(ValidationException.class);
    }
  }

  @Test
  void whatIsOlderThanItsGroupKeepsItIsNotFoundAndThenDeleted() {
    try (Running running = new Running(folder)) {
      running.stream("g", "s");
      running.put("g", "s", running.numbered(2));
      assertThatThrownBy(
              () -> running.client.putRetentionPolicy(p -> p.logGroupName("g").retentionInDays(2)))
          .isInstanceOf(InvalidParameterException.class);
      running.client.putRetentionPolicy(p -> p.logGroupName("g").retentionInDays(3));
      running.now = Running.START.plus(Duration.ofDays(4));
      running.put("g", "s", running.numbered(1));
      assertThat(running.client.filterLogEvents(f -> f.logGroupName("g")).events()).hasSize(1);
      running.logs.sweep();
      running.client.deleteRetentionPolicy(p -> p.logGroupName("g"));
      assertThat(running.client.filterLogEvents(f -> f.logGroupName("g")).events()).hasSize(1);
      assertThat(running.client.describeLogGroups().logGroups().getFirst().storedBytes())
          .isEqualTo(28);
    }
  }

  @Test
  @SuppressWarnings("deprecation")
  void groupsHaveTags() {
    try (Running running = new Running(folder)) {
      running.client.createLogGroup(c -> c.logGroupName("g").tags(Map.of("team", "a")));
      String arn = "arn:aws:logs:us-east-1:000000000000:log-group:g";
      running.client.tagResource(t -> t.resourceArn(arn).tags(Map.of("stage", "b")));
      assertThat(running.client.listTagsForResource(l -> l.resourceArn(arn)).tags())
          .isEqualTo(Map.of("team", "a", "stage", "b"));
      running.client.untagResource(t -> t.resourceArn(arn).tagKeys("team"));
      assertThat(running.client.listTagsForResource(l -> l.resourceArn(arn)).tags())
          .isEqualTo(Map.of("stage", "b"));
      running.client.tagLogGroup(t -> t.logGroupName("g").tags(Map.of("old", "way")));
      running.client.untagLogGroup(t -> t.logGroupName("g").tags("stage"));
      assertThat(running.client.listTagsLogGroup(l -> l.logGroupName("g")).tags())
          .isEqualTo(Map.of("old", "way"));
      assertThatThrownBy(
              () -> running.client.listTagsForResource(l -> l.resourceArn(arn + "g")).tags())
          .isInstanceOf(ResourceNotFoundException.class);
    }
  }

  @Test
  void streamsAreListedByNameOrByTheirNewestEvent() {
    try (Running running = new Running(folder)) {
      running.stream("g", "a");
      for (String name : List.of("b", "c")) {
        running.client.createLogStream(c -> c.logGroupName("g").logStreamName(name));
      }
      running.put("g", "a", running.numbered(3));
      running.put("g", "c", running.numbered(2));
      assertThat(streams(running, OrderBy.LOG_STREAM_NAME, false)).containsExactly("a", "b", "c");
      assertThat(streams(running, OrderBy.LOG_STREAM_NAME, true)).containsExactly("c", "b", "a");
      assertThat(streams(running, OrderBy.LAST_EVENT_TIME, true)).containsExactly("a", "c", "b");
      assertThat(streams(running, OrderBy.LAST_EVENT_TIME, false)).containsExactly("b", "c", "a");
      running.client.deleteLogStream(d -> d.logGroupName("g").logStreamName("a"));
      assertThat(running.client.filterLogEvents(f -> f.logGroupName("g")).events()).hasSize(2);
    }
  }

  private static List<String> streams(Running running, OrderBy order, boolean descending) {
    return running
        .client
        .describeLogStreamsPaginator(
            d -> d.logGroupName("g").orderBy(order).descending(descending).limit(2))
        .logStreams()
        .stream()
        .map(LogStream::logStreamName)
        .toList();
  }
}
