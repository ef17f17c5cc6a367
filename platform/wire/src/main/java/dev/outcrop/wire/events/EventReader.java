package dev.outcrop.wire.events;

import dev.outcrop.wire.ClientGoneException;
import dev.outcrop.wire.EventSource;
import dev.outcrop.wire.RefusedException;
import dev.outcrop.wire.protocol.BodyFormat;
import dev.outcrop.wire.shape.Member;
import dev.outcrop.wire.shape.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;

/**
 * Reads SDK events from frames. A signed stream wraps every event's frame in one that carries its
 * signature, and ends with an empty one.
 */
public final class EventReader implements EventSource<Object> {
  private final EventTypes types;
  private final BodyFormat format;
  private final InputStream in;
  private final Runnable beforeWaiting;
  private boolean ended;

  /**
   * Reads from a request's body.
   *
   * @param beforeWaiting run before each wait for a frame: clients do not send the first event
   *     until they have seen the response's head
   */
  public EventReader(EventTypes types, BodyFormat format, InputStream in, Runnable beforeWaiting) {
    this.types = types;
    this.format = format;
    this.in = in;
    this.beforeWaiting = beforeWaiting;
  }

  @Override
  public Object next() {
    beforeWaiting.run();
    Message message;
    while ((message = frame()) != null) {
      String name = Frames.text(message, ":event-type");
      EventType type = name == null ? null : types.named(name);
      if (type != null) {
        return event(message, type);
      }
      // Kinds of events that only newer clients know are passed over, like unknown members.
    }
    return null;
  }

  /** The members that come before the events, in protocols that send them so. */
  public void initial(SdkPojo builder, Shape shape) {
    Message first = frame();
    if (first == null || !"initial-request".equals(Frames.text(first, ":event-type"))) {
      throw RefusedException.serialization("The stream does not begin with an initial-request");
    }
    format.read(first.getPayload(), builder, shape);
  }

  private Message frame() {
    if (ended) {
      return null;
    }
    Message outer = read();
    boolean signed = outer != null && outer.getHeaders().containsKey(":chunk-signature");
    if (outer == null || signed && outer.getPayload().length == 0) {
      ended = true;
      return null;
    }
    return signed ? Frames.decode(ByteBuffer.wrap(outer.getPayload())) : outer;
  }

  private Message read() {
    try {
      return Frames.read(in);
    } catch (IOException e) {
      throw new ClientGoneException(e);
    }
  }

  private Object event(Message message, EventType type) {
    SdkPojo builder = type.newBuilder();
    for (Member member : type.shape().heads()) {
      HeaderValue value = message.getHeaders().get(member.readName());
      if (EventType.isHeader(member) && value != null) {
        member.set(builder, header(value, member));
      }
    }
    Member payload = type.payload();
    if (payload == null) {
      format.read(message.getPayload(), builder, type.shape());
    } else {
      payload.set(builder, payload(message.getPayload(), payload));
    }
    return Shape.build(builder);
  }

  private Object payload(byte[] bytes, Member payload) {
    return switch (payload.type()) {
      case SDK_BYTES -> SdkBytes.fromByteArrayUnsafe(bytes);
      case STRING -> new String(bytes, StandardCharsets.UTF_8);
      default -> format.readPayload(bytes, payload);
    };
  }

  private static Object header(HeaderValue value, Member member) {
    try {
      return switch (member.type()) {
        case STRING -> value.getString();
        case BOOLEAN -> value.getBoolean();
        case BYTE -> value.getByte();
        case SHORT -> value.getShort();
        case INTEGER -> value.getInteger();
        case LONG -> value.getLong();
        case INSTANT -> value.getTimestamp();
        case SDK_BYTES -> SdkBytes.fromByteArray(value.getByteArray());
        default -> throw new UnsupportedOperationException(member.type().name());
      };
    } catch (UnsupportedOperationException e) {
      throw RefusedException.serialization(
          "The event header " + member.readName() + " is not a " + member.type());
    }
  }
}
