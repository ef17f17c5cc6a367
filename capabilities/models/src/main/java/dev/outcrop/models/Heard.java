package dev.outcrop.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.outcrop.wire.EventSource;
import software.amazon.awssdk.services.bedrockruntime.model.BidirectionalInputPayloadPart;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithBidirectionalStreamInput;

/** What a client says in a dialogue, noted on its way to the model. Read by one thread. */
final class Heard implements EventSource<InvokeModelWithBidirectionalStreamInput> {

  /** Beyond so many bytes of words no more are noted. */
  private static final int MOST = 256 << 10;

  private final Call call;
  private final ArrayNode said;
  private final EventSource<InvokeModelWithBidirectionalStreamInput> client;
  private int noted;
  private volatile boolean read;

  /**
   * @param said takes what is noted, under its own monitor
   */
  Heard(Call call, ArrayNode said, EventSource<InvokeModelWithBidirectionalStreamInput> client) {
    this.call = call;
    this.said = said;
    this.client = client;
  }

  /** Whether nothing was taken that another model would miss. */
  boolean untouched() {
    return !read;
  }

  @Override
  public InvokeModelWithBidirectionalStreamInput next() {
    read = true;
    InvokeModelWithBidirectionalStreamInput event = client.next();
    if (call.wantsOutput()
        && event instanceof BidirectionalInputPayloadPart part
        && part.bytes() != null) {
      note(part);
    }
    return event;
  }

  private void note(BidirectionalInputPayloadPart part) {
    int length = part.bytes().asByteArrayUnsafe().length;
    if (!Spoken.isSound(part.bytes()) && noted + length <= MOST) {
      noted += length;
      JsonNode words = Json.body(part.bytes());
      synchronized (said) {
        said.add(words);
      }
    }
  }
}
