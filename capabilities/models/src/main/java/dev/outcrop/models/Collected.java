package dev.outcrop.models;

import dev.outcrop.wire.EventSink;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDeltaEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockStartEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockStopEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamMetadataEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.MessageStartEvent;
import software.amazon.awssdk.services.bedrockruntime.model.MessageStopEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ModelErrorException;

/** Collects a stream of events into the answer in one piece that Converse gives. */
final class Collected implements EventSink<ConverseStreamOutput> {

  private final List<ContentBlock> blocks = new ArrayList<>();
  private String role;
  private OpenBlock open;
  private MessageStopEvent stop;
  private ConverseStreamMetadataEvent metadata;

  @Override
  public void respond(SdkResponse initial) {
    // An answer in one piece has no headers of a stream.
  }

  @Override
  public void send(ConverseStreamOutput event) {
    switch (event) {
      case MessageStartEvent start -> role = start.roleAsString();
      case ContentBlockStartEvent start -> open = OpenBlock.of(start.start());
      case ContentBlockDeltaEvent delta -> {
        open = open == null ? OpenBlock.of(delta.delta()) : open;
        open.add(delta.delta());
      }
      case ContentBlockStopEvent end -> close();
      case MessageStopEvent end -> stop = end;
      case ConverseStreamMetadataEvent last -> metadata = last;
      default -> throw new IllegalStateException("a chat model sent " + event.sdkEventType());
    }
  }

  private void close() {
    if (open != null) {
      blocks.add(open.block());
      open = null;
    }
  }

  /** The whole answer. */
  ConverseResponse response() {
    if (role == null || stop == null || metadata == null) {
      throw ModelErrorException.builder()
          .message("The model ended before its answer was complete.")
          .build();
    }
    close();
    return ConverseResponse.builder()
        .output(output -> output.message(message -> message.role(role).content(blocks)))
        .stopReason(stop.stopReasonAsString())
        .additionalModelResponseFields(stop.additionalModelResponseFields())
        .usage(metadata.usage())
        .metrics(metrics -> metrics.latencyMs(metadata.metrics().latencyMs()))
        .build();
  }
}
