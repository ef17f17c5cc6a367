package dev.outcrop.models.upstream;

import dev.outcrop.models.upstream.Failure.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;

/**
 * An answer as it comes. To be closed; closing before its end closes the connection, which is how
 * an upstream learns that nobody is listening any more.
 */
public final class UpstreamResponse implements AutoCloseable {

  /** For the end of a stream after its last event. */
  private static final long DRAIN_NANOS = 250_000_000L;

  private static final int DRAIN_BYTES = 65_536;

  private final ClassicHttpResponse response;
  private final Exchange exchange;
  private final AnswerStream raw;
  private final InputStream body;
  private Slots.Place place;
  private boolean closed;

  UpstreamResponse(ClassicHttpResponse response, Exchange exchange) throws IOException {
    this.response = response;
    this.exchange = exchange;
    this.raw =
        new AnswerStream(
            response.getEntity() == null
                ? InputStream.nullInputStream()
                : response.getEntity().getContent(),
            exchange);
    this.body =
        "gzip".equalsIgnoreCase(header("content-encoding")) ? new GZIPInputStream(raw) : raw;
  }

  public int status() {
    return response.getCode();
  }

  /** A header's value; null without one. */
  public String header(String name) {
    Header header = response.getFirstHeader(name);
    return header == null ? null : header.getValue();
  }

  /** The media type in lower case, without parameters; empty when it isn't said. */
  public String mediaType() {
    String type = header("content-type");
    return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(java.util.Locale.ROOT);
  }

  /**
   * The body. Reading throws {@link Failure} when the connection breaks or is late, and {@link
   * dev.outcrop.wire.ClientGoneException} when the thread is interrupted.
   */
  public InputStream body() {
    return body;
  }

  /**
   * The whole body.
   *
   * @throws Failure when it is longer than that
   */
  public byte[] bytes(int most) {
    try {
      byte[] bytes = body.readNBytes(most + 1);
      if (bytes.length > most) {
        throw new Failure(Kind.BROKEN, 0, "its answer is longer than " + most + " bytes");
      }
      if (!raw.ended()) {
        drain();
      }
      return bytes;
    } catch (IOException e) {
      // The connection tells its own failures; this is the compression.
      throw new Failure(Kind.BROKEN, "its compressed answer is damaged", e);
    }
  }

  /** Up to so many bytes of the body. */
  byte[] beginning(int most) {
    try {
      return body.readNBytes(most);
    } catch (IOException | Failure e) {
      return new byte[0];
    }
  }

  /**
   * After the last piece that matters: reads to the end, so that the connection can serve the next
   * call, unless that takes a while.
   */
  public void drain() {
    try {
      raw.quick(DRAIN_NANOS);
      raw.skipNBytes(DRAIN_BYTES);
    } catch (IOException | RuntimeException e) {
      // It ended, which is what was wanted, or it didn't, and is closed like any other.
    }
  }

  /** From now on the call's place is this answer's, and a break is told. */
  void keep(Slots.Place taken, Consumer<Failure> broken) {
    raw.onFailure(broken);
    place = taken;
    if (closed) {
      place.leave();
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    Watch.SHARED.remove(exchange);
    if (!raw.ended()) {
      exchange.abort();
    }
    try {
      response.close();
    } catch (IOException e) {
      // Nothing of it is wanted any more.
    }
    if (place != null) {
      place.leave();
    }
  }
}
