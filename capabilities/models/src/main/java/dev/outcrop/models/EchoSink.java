package dev.outcrop.models;

import dev.outcrop.wire.EventSink;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamMetadataEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;

/** Passes events on, with the latency and tier that were asked for, and had, in the last one. */
record EchoSink(ConverseStreamRequest request, EventSink<ConverseStreamOutput> events)
    implements EventSink<ConverseStreamOutput> {

  @Override
  public void respond(SdkResponse initial) {
    events.respond(initial);
  }

  @Override
  public void send(ConverseStreamOutput event) {
    events.send(
        event instanceof ConverseStreamMetadataEvent metadata
            ? metadata.toBuilder()
                .performanceConfig(request.performanceConfig())
                .serviceTier(request.serviceTier())
                .build()
            : event);
  }
}
