package dev.outcrop.models;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outcrop.wire.EventSink;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ResponseStream;

/**
 * The client of a stream of native chunks. Before the last one goes the call is ended, so that a
 * client that has it knows that its call is written down.
 */
final class Chunked {

  private final Call call;
  private final EventSink<ResponseStream> events;
  private boolean sent;

  Chunked(Call call, EventSink<ResponseStream> events) {
    this.call = call;
    this.events = events;
  }

  boolean untouched() {
    return !sent;
  }

  void respond(SdkResponse head) {
    sent = true;
    events.respond(head);
  }

  void send(SdkBytes chunk, Supplier<JsonNode> json, boolean last) {
    sent = true;
    call.output(json);
    if (last) {
      call.end(null);
    }
    events.send(ResponseStream.chunkBuilder().bytes(chunk).build());
  }
}
