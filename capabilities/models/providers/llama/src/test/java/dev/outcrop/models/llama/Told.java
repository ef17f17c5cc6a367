package dev.outcrop.models.llama;

import dev.outcrop.wire.EventSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDeltaEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamMetadataEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.MessageStopEvent;

/** Collects the events of an answer. */
class Told implements EventSink<ConverseStreamOutput> {
  final List<ConverseStreamOutput> events = new ArrayList<>();

  @Override
  public void respond(SdkResponse initial) {}

  @Override
  public void send(ConverseStreamOutput event) {
    events.add(event);
  }

  List<String> pieces() {
    return events.stream()
        .filter(ContentBlockDeltaEvent.class::isInstance)
        .map(e -> ((ContentBlockDeltaEvent) e).delta().text())
        .filter(Objects::nonNull)
        .toList();
  }

  String text() {
    return String.join("", pieces());
  }

  String stopReason() {
    return stop().stopReasonAsString();
  }

  MessageStopEvent stop() {
    return (MessageStopEvent)
        events.stream().filter(MessageStopEvent.class::isInstance).findFirst().orElseThrow();
  }

  ConverseStreamMetadataEvent metadata() {
    return (ConverseStreamMetadataEvent)
        events.stream()
            .filter(ConverseStreamMetadataEvent.class::isInstance)
            .findFirst()
            .orElseThrow();
  }
}
