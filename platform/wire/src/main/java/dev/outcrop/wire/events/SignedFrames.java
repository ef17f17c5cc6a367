package dev.outcrop.wire.events;

import dev.outcrop.wire.ClientGoneException;
import dev.outcrop.wire.RefusedException;
import dev.outcrop.wire.StreamSignatures;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;

/**
 * The frames of events that a client sends. A signed stream wraps every event's frame in one that
 * carries its signature, and ends with an empty one.
 */
public final class SignedFrames {
  private static final String SIGNATURE = ":chunk-signature";
  private static final String DATE = ":date";

  private final InputStream in;
  private final StreamSignatures signatures;
  private boolean ended;

  /**
   * @param signatures null to look at no signatures
   */
  public SignedFrames(InputStream in, StreamSignatures signatures) {
    this.in = in;
    this.signatures = signatures;
  }

  /**
   * Waits for the next event's frame; null at the end, which is also the body's: the Python SDK
   * sends no empty frame before smithy-aws-event-stream 0.3.
   */
  Message next() {
    if (ended) {
      return null;
    }
    Message outer = read();
    if (outer == null) {
      ended = true;
      return null;
    }
    boolean signed = outer.getHeaders().containsKey(SIGNATURE);
    if (signatures != null) {
      check(outer);
    }
    if (signed && outer.getPayload().length == 0) {
      ended = true;
      return null;
    }
    return signed ? Frames.decode(ByteBuffer.wrap(outer.getPayload())) : outer;
  }

  private void check(Message frame) {
    Map<String, HeaderValue> others = new LinkedHashMap<>(frame.getHeaders());
    HeaderValue signature = others.remove(SIGNATURE);
    HeaderValue date = others.get(DATE);
    byte[] given;
    long time;
    try {
      given = signature == null ? null : signature.getByteArray();
      time = date == null ? 0 : date.getTimestamp().toEpochMilli();
    } catch (RuntimeException e) { // a header of another type
      throw RefusedException.serialization("A malformed signature of an event");
    }
    signatures.event(time, Message.encodeHeaders(others.entrySet()), frame.getPayload(), given);
  }

  private Message read() {
    try {
      return Frames.read(in);
    } catch (IOException e) {
      throw new ClientGoneException(e);
    }
  }
}
