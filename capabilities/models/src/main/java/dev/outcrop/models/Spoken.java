package dev.outcrop.models;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outcrop.models.calls.Usage;
import dev.outcrop.wire.EventSink;
import java.nio.charset.StandardCharsets;
import java.util.List;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.bedrockruntime.model.BidirectionalOutputPayloadPart;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithBidirectionalStreamOutput;

/**
 * What a model says in a dialogue, passed on to the client. Nova Sonic tells its tokens in a {@code
 * usageEvent} every now and then, with the totals so far; the last one counts.
 */
final class Spoken implements EventSink<InvokeModelWithBidirectionalStreamOutput> {

  private static final List<byte[]> SOUND = List.of(word("audioInput"), word("audioOutput"));
  private static final byte[] USAGE = word("usageEvent");

  /** An event says its name at once. */
  private static final int HEAD = 64;

  private final Call call;
  private final EventSink<InvokeModelWithBidirectionalStreamOutput> client;
  private boolean sent;

  Spoken(Call call, EventSink<InvokeModelWithBidirectionalStreamOutput> client) {
    this.call = call;
    this.client = client;
  }

  private static byte[] word(String name) {
    return ('"' + name + '"').getBytes(StandardCharsets.US_ASCII);
  }

  boolean untouched() {
    return !sent;
  }

  /** Whether an event is a piece of sound. */
  static boolean isSound(SdkBytes event) {
    return SOUND.stream().anyMatch(name -> named(event, name));
  }

  private static boolean named(SdkBytes event, byte[] name) {
    return PassedOn.contains(event.asByteArrayUnsafe(), name, HEAD);
  }

  @Override
  public void respond(SdkResponse initial) {
    sent = true;
    client.respond(initial);
  }

  @Override
  public void send(InvokeModelWithBidirectionalStreamOutput event) {
    sent = true;
    if (event instanceof BidirectionalOutputPayloadPart part && part.bytes() != null) {
      note(part.bytes());
    }
    client.send(event);
  }

  private void note(SdkBytes event) {
    if (named(event, USAGE)) {
      JsonNode usage = Json.body(event).path("event").path("usageEvent");
      call.used(
          new Usage(
              usage.path("totalInputTokens").asLong(),
              usage.path("totalOutputTokens").asLong(),
              0,
              0,
              0));
    } else {
      call.piece(0);
    }
    if (call.wantsOutput() && !isSound(event)) {
      call.output(() -> Json.body(event));
    }
  }
}
