package dev.outcrop.models;

import dev.outcrop.wire.EventSink;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamMetadataEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamTrace;
import software.amazon.awssdk.services.bedrockruntime.model.PromptRouterTrace;

/**
 * Passes events on to the client of ConverseStream. The last one gets what the model has no part
 * in: the latency and tier that were asked for, and had, and a prompt router's decision; before it
 * goes, the call is ended, so that a client that has it knows that its call is written down.
 */
final class ToClient implements EventSink<ConverseStreamOutput> {

  private final Call call;
  private final ConverseStreamRequest request;
  private final PromptRouterTrace trace;
  private final EventSink<ConverseStreamOutput> events;
  private boolean sent;

  ToClient(
      Call call,
      ConverseStreamRequest request,
      PromptRouterTrace trace,
      EventSink<ConverseStreamOutput> events) {
    this.call = call;
    this.request = request;
    this.trace = trace;
    this.events = events;
  }

  boolean untouched() {
    return !sent;
  }

  @Override
  public void respond(SdkResponse initial) {
    // The head of a native stream; this operation has none.
  }

  @Override
  public void send(ConverseStreamOutput event) {
    sent = true;
    if (!(event instanceof ConverseStreamMetadataEvent metadata)) {
      call.output(() -> Json.event(event));
      events.send(event);
      return;
    }
    ConverseStreamOutput last = withOurs(metadata);
    call.output(() -> Json.event(last));
    call.end(null);
    events.send(last);
  }

  private ConverseStreamOutput withOurs(ConverseStreamMetadataEvent metadata) {
    if (request.performanceConfig() == null && request.serviceTier() == null && trace == null) {
      return metadata;
    }
    ConverseStreamMetadataEvent.Builder last = metadata.toBuilder();
    if (metadata.performanceConfig() == null) {
      last.performanceConfig(request.performanceConfig());
    }
    if (metadata.serviceTier() == null) {
      last.serviceTier(request.serviceTier());
    }
    if (trace != null) {
      ConverseStreamTrace told = metadata.trace();
      last.trace(
          (told == null ? ConverseStreamTrace.builder() : told.toBuilder())
              .promptRouter(trace)
              .build());
    }
    return last.build();
  }
}
