package dev.outcrop.models.compatible;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.wire.EventSink;
import java.util.function.Consumer;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDeltaEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockStartEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockStopEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamMetadataEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.MessageStopEvent;

/** Sends an answer of the Responses API as its events, numbered from 0. */
final class ResponseStream implements EventSink<ConverseStreamOutput> {

  private final EventStream stream;
  private final ResponseObject response;
  private final boolean encrypted;
  private final Consumer<ObjectNode> finished;
  private final ResponseOutput output = new ResponseOutput(this::event);
  private int number;
  private String stopReason;

  /**
   * @param encrypted whether what thoughts are signed with is to be shown
   * @param finished takes the whole answer before the client is told that it is whole
   */
  ResponseStream(
      EventStream stream,
      ResponseObject response,
      boolean encrypted,
      Consumer<ObjectNode> finished) {
    this.stream = stream;
    this.response = response;
    this.encrypted = encrypted;
    this.finished = finished;
  }

  @Override
  public void respond(SdkResponse initial) {
    // Converse has nothing to say there.
  }

  @Override
  public void send(ConverseStreamOutput event) {
    if (!stream.begun()) {
      whole("response.created", response.begun());
      whole("response.in_progress", response.begun());
    }
    switch (event) {
      case ContentBlockStartEvent start when start.start().toolUse() != null ->
          output.call(start.start().toolUse().toolUseId(), start.start().toolUse().name());
      case ContentBlockDeltaEvent delta -> output.piece(delta.delta());
      case ContentBlockStopEvent _ -> output.close();
      case MessageStopEvent stop -> stopReason = stop.stopReasonAsString();
      case ConverseStreamMetadataEvent last -> end(last);
      default -> {
        // Says nothing that the client needs.
      }
    }
    stream.flush();
  }

  private void end(ConverseStreamMetadataEvent last) {
    ObjectNode ended = response.ended(stopReason, last.usage(), last.serviceTier(), output.items());
    finished.accept(ended);
    whole("response." + ended.path("status").textValue(), ResponseObject.shown(ended, encrypted));
  }

  /** Tells what went wrong after a part of the answer was sent. */
  void fail(ApiError error) {
    whole(
        "response.failed", ResponseObject.shown(response.failed(error, output.items()), encrypted));
    stream.flush();
  }

  private void whole(String type, ObjectNode object) {
    ObjectNode fields = Json.object();
    fields.set("response", object);
    event(type, fields);
  }

  private void event(String type, ObjectNode fields) {
    if (!encrypted && fields.get("item") instanceof ObjectNode item) {
      item.remove("encrypted_content");
    }
    stream.event(type, fields.put("type", type).put("sequence_number", number++));
  }
}
