package dev.outcrop.wire.events;

import dev.outcrop.wire.EventSource;
import dev.outcrop.wire.RefusedException;
import dev.outcrop.wire.protocol.BodyFormat;
import dev.outcrop.wire.shape.Member;
import dev.outcrop.wire.shape.Shape;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;

/** Reads SDK events from frames. */
public final class EventReader implements EventSource<Object> {
  private final EventTypes types;
  private final BodyFormat format;
  private final SignedFrames frames;
  private final Runnable beforeWaiting;

  /**
   * Reads from a request's body.
   *
   * @param beforeWaiting run before each wait for a frame: clients do not send the first event
   *     until they have seen the response's head
   */
  public EventReader(
      EventTypes types, BodyFormat format, SignedFrames frames, Runnable beforeWaiting) {
    this.types = types;
    this.format = format;
    this.frames = frames;
    this.beforeWaiting = beforeWaiting;
  }

  @Override
  public Object next() {
    beforeWaiting.run();
    Message message;
    while ((message = frames.next()) != null) {
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
    Message first = frames.next();
    if (first == null || !"initial-request".equals(Frames.text(first, ":event-type"))) {
      throw RefusedException.serialization("The stream does not begin with an initial-request");
    }
    format.read(first.getPayload(), builder, shape);
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
