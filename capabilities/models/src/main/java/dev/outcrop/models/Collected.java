package dev.outcrop.models;

import dev.outcrop.wire.EventSink;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDeltaEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockStartEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockStopEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamMetadataEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamTrace;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseTrace;
import software.amazon.awssdk.services.bedrockruntime.model.MessageStartEvent;
import software.amazon.awssdk.services.bedrockruntime.model.MessageStopEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ModelErrorException;

/** Collects a stream of events into the answer in one piece that Converse gives. */
final class Collected implements EventSink<ConverseStreamOutput> {

  /** By index: pieces of several blocks can come in turn. */
  private final SortedMap<Integer, OpenBlock> blocks = new TreeMap<>();

  private String role;
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
      case ContentBlockStartEvent start ->
          blocks.put(index(start.contentBlockIndex()), OpenBlock.of(start.start()));
      case ContentBlockDeltaEvent delta ->
          blocks
              .computeIfAbsent(index(delta.contentBlockIndex()), _ -> OpenBlock.of(delta.delta()))
              .add(delta.delta());
      case ContentBlockStopEvent _ -> {
        // The block is read when all are there.
      }
      case MessageStopEvent end -> stop = end;
      case ConverseStreamMetadataEvent last -> metadata = last;
      default -> throw new IllegalStateException("a chat model sent " + event.sdkEventType());
    }
  }

  private static int index(Integer index) {
    return index == null ? 0 : index;
  }

  /** The whole answer. */
  ConverseResponse response() {
    if (role == null || stop == null || metadata == null) {
      throw ModelErrorException.builder()
          .message("The model ended before its answer was complete.")
          .build();
    }
    List<ContentBlock> content = blocks.values().stream().map(OpenBlock::block).toList();
    return ConverseResponse.builder()
        .output(output -> output.message(message -> message.role(role).content(content)))
        .stopReason(stop.stopReasonAsString())
        .additionalModelResponseFields(stop.additionalModelResponseFields())
        .usage(metadata.usage())
        .metrics(metrics -> metrics.latencyMs(metadata.metrics().latencyMs()))
        .performanceConfig(metadata.performanceConfig())
        .serviceTier(metadata.serviceTier())
        .trace(trace(metadata.trace()))
        .build();
  }

  private static ConverseTrace trace(ConverseStreamTrace trace) {
    return trace == null
        ? null
        : ConverseTrace.builder()
            .guardrail(trace.guardrail())
            .promptRouter(trace.promptRouter())
            .build();
  }
}
