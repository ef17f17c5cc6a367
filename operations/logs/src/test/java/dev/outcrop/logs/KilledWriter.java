package dev.outcrop.logs;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;

/**
 * A process that is going to be killed: writes batches of events and tells of each when it is in.
 */
final class KilledWriter {
  static final int BATCH = 100;

  private KilledWriter() {}

  public static void main(String[] arguments) {
    Running running = new Running(Path.of(arguments[0]));
    running.now = Instant.now();
    running.stream("g", "s");
    for (int batch = 0; ; batch++) {
      List<InputLogEvent> events = new ArrayList<>();
      for (int i = 0; i < BATCH; i++) {
        events.add(running.event(0, "event " + (batch * BATCH + i)));
      }
      running.put("g", "s", events);
      System.out.println(batch);
    }
  }
}
