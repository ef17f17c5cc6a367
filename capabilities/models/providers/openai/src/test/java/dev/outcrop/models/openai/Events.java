package dev.outcrop.models.openai;

import dev.outcrop.wire.EventSink;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDelta;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDeltaEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockStartEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockStopEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamMetadataEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.MessageStartEvent;
import software.amazon.awssdk.services.bedrockruntime.model.MessageStopEvent;

/** Keeps the events of an answer, and writes them short. */
final class Events implements EventSink<ConverseStreamOutput> {

  final List<ConverseStreamOutput> all = new ArrayList<>();

  @Override
  public void respond(SdkResponse initial) {}

  @Override
  public void send(ConverseStreamOutput event) {
    all.add(event);
  }

  /** For example {@code start 0:Hello 0. end_turn}, without the metadata. */
  String brief() {
    return all.stream()
        .filter(event -> !(event instanceof ConverseStreamMetadataEvent))
        .map(Events::brief)
        .collect(Collectors.joining(" "));
  }

  private static String brief(ConverseStreamOutput event) {
    return switch (event) {
      case MessageStartEvent start -> "start";
      case ContentBlockStartEvent start ->
          start.contentBlockIndex()
              + ":"
              + start.start().toolUse().name()
              + "("
              + start.start().toolUse().toolUseId()
              + ")";
      case ContentBlockDeltaEvent delta -> delta.contentBlockIndex() + ":" + brief(delta.delta());
      case ContentBlockStopEvent stop -> stop.contentBlockIndex() + ".";
      case MessageStopEvent stop -> stop.stopReasonAsString();
      default -> event.toString();
    };
  }

  private static String brief(ContentBlockDelta delta) {
    return switch (delta.type()) {
      case TEXT -> delta.text();
      case TOOL_USE -> delta.toolUse().input();
      case REASONING_CONTENT -> "thinks " + delta.reasoningContent().text();
      default -> delta.toString();
    };
  }

  MessageStopEvent stop() {
    return all.stream()
        .filter(MessageStopEvent.class::isInstance)
        .map(MessageStopEvent.class::cast)
        .findFirst()
        .orElseThrow();
  }

  ConverseStreamMetadataEvent metadata() {
    return (ConverseStreamMetadataEvent) all.getLast();
  }
}
