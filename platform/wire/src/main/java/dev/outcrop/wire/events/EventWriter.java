package dev.outcrop.wire.events;

import dev.outcrop.wire.protocol.BodyFormat;
import dev.outcrop.wire.protocol.Failure;
import dev.outcrop.wire.shape.Member;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;

/** Writes SDK events as frames. */
public final class EventWriter {
  private static final byte[] NOTHING = {};

  private final EventTypes types;
  private final BodyFormat format;

  public EventWriter(EventTypes types, BodyFormat format) {
    this.types = types;
    this.format = format;
  }

  /** The frame of an event. */
  public Message event(SdkPojo event) {
    EventType type = types.of(event);
    Member payload = type.payload();
    Message message = payload == null ? whole(event, type) : part(event, type, payload);
    Map<String, HeaderValue> extra = headers(event, type);
    if (extra.isEmpty()) {
      return message;
    }
    extra.putAll(message.getHeaders());
    return new Message(extra, message.getPayload());
  }

  private Message whole(SdkPojo event, EventType type) {
    if (type.shape().body().length == 0 && format.contentType().endsWith("xml")) {
      return Frames.event(type.name(), null, NOTHING);
    }
    return Frames.event(
        type.name(), format.contentType(), format.write(event, type.shape(), type.name()));
  }

  private Message part(SdkPojo event, EventType type, Member payload) {
    Object value = payload.get(event);
    if (value == null) {
      return Frames.event(type.name(), null, NOTHING);
    }
    return switch (payload.type()) {
      case SDK_BYTES ->
          Frames.event(
              type.name(), "application/octet-stream", ((SdkBytes) value).asByteArrayUnsafe());
      case STRING ->
          Frames.event(
              type.name(), "text/plain", ((String) value).getBytes(StandardCharsets.UTF_8));
      default ->
          Frames.event(type.name(), format.contentType(), format.writePayload(value, payload));
    };
  }

  private static Map<String, HeaderValue> headers(SdkPojo event, EventType type) {
    Map<String, HeaderValue> headers = new LinkedHashMap<>();
    for (Member member : type.shape().heads()) {
      Object value = EventType.isHeader(member) ? member.get(event) : null;
      if (value != null) {
        headers.put(member.writeName().getValue(), header(value));
      }
    }
    return headers;
  }

  private static HeaderValue header(Object value) {
    return switch (value) {
      case Boolean bool -> HeaderValue.fromBoolean(bool);
      case Integer number -> HeaderValue.fromInteger(number);
      case Long number -> HeaderValue.fromLong(number);
      case Short number -> HeaderValue.fromShort(number);
      case Byte number -> HeaderValue.fromByte(number);
      case Instant instant -> HeaderValue.fromTimestamp(instant);
      case SdkBytes bytes -> HeaderValue.fromByteArray(bytes.asByteArrayUnsafe());
      default -> HeaderValue.fromString(value.toString());
    };
  }

  /** The frame of the members that go before the events, in protocols that send them so. */
  public Message initial(byte[] members) {
    return Frames.event("initial-response", format.contentType(), members);
  }

  /** The frame that ends a stream which fails. */
  public Message failure(Failure failure, Throwable thrown, String requestId) {
    String name = types.exceptionName(thrown.getClass(), failure.code());
    return name == null
        ? Frames.error(failure.code(), failure.message())
        : Frames.exception(name, format.contentType(), format.writeError(failure, requestId));
  }
}
