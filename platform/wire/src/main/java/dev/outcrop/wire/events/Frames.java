package dev.outcrop.wire.events;

import dev.outcrop.wire.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;

/** Frames of {@code application/vnd.amazon.eventstream}. */
final class Frames {
  static final String CONTENT_TYPE = "application/vnd.amazon.eventstream";
  private static final int PRELUDE = 12;
  // AWS's limit for a frame is 24 MB: 16 MB of payload and room for base64 and headers.
  private static final int MAX_FRAME = 24 * 1024 * 1024;
  private static final int SMALLEST = 16;

  private Frames() {}

  /** An event. */
  static Message event(String type, String contentType, byte[] payload) {
    Map<String, HeaderValue> headers = new LinkedHashMap<>();
    headers.put(":event-type", HeaderValue.fromString(type));
    if (contentType != null) {
      headers.put(":content-type", HeaderValue.fromString(contentType));
    }
    headers.put(":message-type", HeaderValue.fromString("event"));
    return new Message(headers, payload);
  }

  /** An exception that the operation's model knows. */
  static Message exception(String type, String contentType, byte[] payload) {
    Map<String, HeaderValue> headers = new LinkedHashMap<>();
    headers.put(":exception-type", HeaderValue.fromString(type));
    headers.put(":content-type", HeaderValue.fromString(contentType));
    headers.put(":message-type", HeaderValue.fromString("exception"));
    return new Message(headers, payload);
  }

  /** An error that it does not know. */
  static Message error(String code, String message) {
    Map<String, HeaderValue> headers = new LinkedHashMap<>();
    headers.put(":error-code", HeaderValue.fromString(code));
    headers.put(":error-message", HeaderValue.fromString(message == null ? code : message));
    headers.put(":message-type", HeaderValue.fromString("error"));
    return new Message(headers, new byte[0]);
  }

  /**
   * Waits for the next frame.
   *
   * @return the frame, or null at the end of the stream
   * @throws RefusedException where it is malformed or larger than 24 MB
   */
  static Message read(InputStream in) throws IOException {
    byte[] prelude = in.readNBytes(PRELUDE);
    if (prelude.length == 0) {
      return null;
    }
    if (prelude.length < PRELUDE) {
      throw truncated();
    }
    int length = ByteBuffer.wrap(prelude).getInt();
    if (length < SMALLEST || length > MAX_FRAME) {
      throw RefusedException.serialization("An event frame of " + length + " bytes");
    }
    ByteBuffer frame = ByteBuffer.allocate(length).put(prelude);
    if (in.readNBytes(frame.array(), PRELUDE, length - PRELUDE) < length - PRELUDE) {
      throw truncated();
    }
    return decode(frame.rewind());
  }

  static Message decode(ByteBuffer frame) {
    try {
      return Message.decode(frame);
    } catch (RuntimeException e) {
      throw RefusedException.serialization("A malformed event frame");
    }
  }

  private static RefusedException truncated() {
    return RefusedException.serialization("The event stream ended within a frame");
  }

  /** A header's text, or null. */
  static String text(Message message, String header) {
    HeaderValue value = message.getHeaders().get(header);
    try {
      return value == null ? null : value.getString();
    } catch (RuntimeException e) {
      return null;
    }
  }
}
