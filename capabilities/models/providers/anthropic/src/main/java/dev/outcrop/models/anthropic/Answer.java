package dev.outcrop.models.anthropic;

import dev.outcrop.models.upstream.Failure;
import dev.outcrop.models.upstream.Failure.Kind;
import dev.outcrop.models.upstream.SseReader;
import dev.outcrop.models.upstream.Upstream;
import dev.outcrop.models.upstream.UpstreamResponse;
import dev.outcrop.wire.EventSink;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.MessageStartEvent;

/** A streamed answer, begun: its first piece is here, and failures from now on are told. */
final class Answer implements AutoCloseable {

  private final UpstreamResponse response;
  private final SseReader events;
  private final EventReader reader;

  /** What came before the first piece, and that. */
  private final List<ConverseStreamOutput> begun = new ArrayList<>();

  private Answer(UpstreamResponse response, EventReader reader) {
    this.response = response;
    this.events = new SseReader(response.body());
    this.reader = reader;
  }

  /**
   * Reads to the first piece. An overloaded service likes to say so after its first event, when
   * another try is still possible.
   */
  static Answer begin(UpstreamResponse response, EventReader reader) {
    if (!response.mediaType().equals("text/event-stream")) {
      throw new Failure(
          Kind.BROKEN,
          response.status(),
          "it answered with " + response.mediaType() + ", not a stream");
    }
    Answer answer = new Answer(response, reader);
    while (answer.begun.stream().allMatch(event -> event instanceof MessageStartEvent)) {
      answer.begun.addAll(answer.next());
    }
    return answer;
  }

  private List<ConverseStreamOutput> next() {
    if (!events.next()) {
      throw new Failure(Kind.BROKEN, 0, "its stream ended before the answer was complete");
    }
    return reader.of(Upstream.parse(events.data(), 0, events.length()));
  }

  /** Sends the whole answer. */
  void send(EventSink<ConverseStreamOutput> sink) {
    SdkResponse head = reader.head();
    if (head != null) {
      sink.respond(head);
    }
    begun.forEach(sink::send);
    while (!reader.complete()) {
      next().forEach(sink::send);
    }
    response.drain();
  }

  @Override
  public void close() {
    response.close();
  }
}
