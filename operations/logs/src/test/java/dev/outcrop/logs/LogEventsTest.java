package dev.outcrop.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.InvalidParameterException;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.RejectedLogEventsInfo;

class LogEventsTest {
  @TempDir private Path folder;

  @Test
  void aStreamIsReadForwardsToATokenThatStays() {
    try (Running running = new Running(folder)) {
      running.stream("g", "s");
      running.put("g", "s", running.numbered(25));
      List<String> read = new ArrayList<>();
      String token = null;
      for (int page = 0; page < 10; page++) {
        String sent = token;
        GetLogEventsResponse response = get(running, true, sent);
        read.addAll(messages(response));
        token = response.nextForwardToken();
        if (token.equals(sent)) {
          break;
        }
      }
      assertThat(read).hasSize(25).startsWith("m0", "m1").endsWith("m24");
      running.put("g", "s", List.of(running.event(30, "later")));
      assertThat(messages(get(running, null, token))).containsExactly("later");
      assertThat(messages(get(running, null, get(running, null, token).nextBackwardToken())))
          .endsWith("m24");
    }
  }

  @Test
  void withoutAWordTheNewestComeFirstAndOlderOnesBackwards() {
    try (Running running = new Running(folder)) {
      running.stream("g", "s");
      running.put("g", "s", running.numbered(25));
      GetLogEventsResponse newest = get(running, null, null);
      assertThat(messages(newest)).hasSize(10).startsWith("m15").endsWith("m24");
      GetLogEventsResponse older = get(running, null, newest.nextBackwardToken());
      assertThat(messages(older)).startsWith("m5").endsWith("m14");
      GetLogEventsResponse oldest = get(running, null, older.nextBackwardToken());
      assertThat(messages(oldest)).startsWith("m0").endsWith("m4");
      GetLogEventsResponse beyond = get(running, null, oldest.nextBackwardToken());
      assertThat(beyond.events()).isEmpty();
      assertThat(beyond.nextBackwardToken()).isEqualTo(oldest.nextBackwardToken());
      assertThat(messages(get(running, null, beyond.nextForwardToken()))).startsWith("m0");
      assertThatThrownBy(() -> get(running, null, "f/made-up"))
          .isInstanceOf(InvalidParameterException.class);
    }
  }

  private static GetLogEventsResponse get(Running running, Boolean fromHead, String token) {
    return running.client.getLogEvents(
        g ->
            g.logGroupName("g")
                .logStreamName("s")
                .limit(10)
                .startFromHead(fromHead)
                .nextToken(token));
  }

  private static List<String> messages(GetLogEventsResponse response) {
    return response.events().stream().map(OutputLogEvent::message).toList();
  }

  @Test
  void eventsTooOldOrTooNewAreToldOfAndNotKept() {
    try (Running running = new Running(folder)) {
      running.stream("g", "s");
      long old = -Duration.ofDays(14).toMillis();
      RejectedLogEventsInfo past =
          running
              .put("g", "s", List.of(running.event(old - 5, "old"), running.event(old, "kept")))
              .rejectedLogEventsInfo();
      assertThat(past.tooOldLogEventEndIndex()).isEqualTo(1);
      long late = Duration.ofHours(2).toMillis();
      RejectedLogEventsInfo future =
          running
              .put("g", "s", List.of(running.event(late, "kept"), running.event(late + 1, "new")))
              .rejectedLogEventsInfo();
      assertThat(future.tooNewLogEventStartIndex()).isEqualTo(1);
      assertThat(future.tooOldLogEventEndIndex()).isNull();
      assertThat(messages(get(running, true, null))).containsExactly("kept", "kept");
      assertThat(running.put("g", "s", running.numbered(1)).rejectedLogEventsInfo()).isNull();
    }
  }

  @Test
  void aBatchOutOfOrderTooLongOrTooLargeIsRefused() {
    try (Running running = new Running(folder)) {
      running.stream("g", "s");
      assertThatThrownBy(
              () -> running.put("g", "s", List.of(running.event(2, "b"), running.event(1, "a"))))
          .isInstanceOf(InvalidParameterException.class)
          .hasMessageContaining("chronological");
      long day = Duration.ofHours(24).toMillis();
      assertThatThrownBy(
              () ->
                  running.put(
                      "g", "s", List.of(running.event(-day - 1, "a"), running.event(0, "b"))))
          .hasMessageContaining("24 hours");
      assertThatThrownBy(
              () -> running.put("g", "s", List.of(running.event(0, "x".repeat(1_048_551)))))
          .hasMessageContaining("too large");
      running.put("g", "s", List.of(running.event(0, "x".repeat(1_048_550))));
    }
  }

  @Test
  void aSearchGoesThroughAllStreamsByTimeInPages() {
    try (Running running = new Running(folder)) {
      running.stream("g", "a");
      running.client.createLogStream(c -> c.logGroupName("g").logStreamName("b"));
      running.put("g", "a", List.of(running.event(1, "ERROR 1"), running.event(3, "ERROR 3")));
      running.put("g", "b", List.of(running.event(2, "ERROR 2"), running.event(4, "fine")));
      assertThat(found(running, FilterLogEventsRequest.builder().filterPattern("ERROR")))
          .containsExactly("a:ERROR 1", "b:ERROR 2", "a:ERROR 3");
      assertThat(found(running, FilterLogEventsRequest.builder().logStreamNames("b")))
          .containsExactly("b:ERROR 2", "b:fine");
      assertThat(found(running, FilterLogEventsRequest.builder().logStreamNamePrefix("a")))
          .containsExactly("a:ERROR 1", "a:ERROR 3");
      long now = running.now.toEpochMilli();
      assertThat(
              found(running, FilterLogEventsRequest.builder().startTime(now + 2).endTime(now + 3)))
          .containsExactly("b:ERROR 2", "a:ERROR 3");
      assertThatThrownBy(
              () -> found(running, FilterLogEventsRequest.builder().filterPattern("[a, b]")))
          .isInstanceOf(InvalidParameterException.class);
    }
  }

  private static List<String> found(Running running, FilterLogEventsRequest.Builder request) {
    return running
        .client
        .filterLogEventsPaginator(request.logGroupName("g").limit(1).build())
        .stream()
        .map(FilterLogEventsResponse::events)
        .flatMap(List<FilteredLogEvent>::stream)
        .map(event -> event.logStreamName() + ":" + event.message())
        .toList();
  }
}
