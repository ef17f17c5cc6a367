package dev.outcrop.wire.events;

import dev.outcrop.wire.ClientGoneException;
import dev.outcrop.wire.EventSink;
import dev.outcrop.wire.HttpExchange;
import dev.outcrop.wire.protocol.Answer;
import dev.outcrop.wire.protocol.Binding;
import dev.outcrop.wire.protocol.Failure;
import dev.outcrop.wire.protocol.WireProtocol;
import dev.outcrop.wire.shape.Builders;
import dev.outcrop.wire.shape.Shape;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.eventstream.Message;

/**
 * The event stream of an HTTP response. Nothing is kept back: the head goes with the first event,
 * and each event is flushed.
 */
public final class ResponseEvents implements EventSink<Object> {
  private final HttpExchange exchange;
  private final Binding binding;
  private final WireProtocol protocol;
  private final String requestId;
  private final EventWriter writer;
  private volatile OutputStream out;

  public ResponseEvents(
      HttpExchange exchange, Binding binding, WireProtocol protocol, String requestId) {
    this.exchange = exchange;
    this.binding = binding;
    this.protocol = protocol;
    this.requestId = requestId;
    this.writer =
        new EventWriter(EventTypes.of(binding.operation().eventsOut()), protocol.format());
  }

  @Override
  public synchronized void respond(SdkResponse initial) {
    if (out != null) {
      throw new IllegalStateException("the response has begun");
    }
    open(initial);
  }

  @Override
  public synchronized void send(Object event) {
    begin();
    write(writer.event((SdkPojo) event));
  }

  /**
   * Sends the head if it has not been sent. Afterwards it waits for nobody: a client that is slow
   * to listen may still be heard.
   */
  public void begin() {
    if (out == null) {
      first();
    }
  }

  private synchronized void first() {
    if (out == null) {
      open((SdkPojo) Shape.build(Builders.of(binding.operation().responseClass()).get()));
    }
  }

  private void open(SdkPojo initial) {
    Answer head = protocol.answer(binding, initial, requestId);
    Map<String, List<String>> headers = new LinkedHashMap<>(head.headers());
    headers.put("Content-Type", List.of(Frames.CONTENT_TYPE));
    headers.put("x-amzn-RequestId", List.of(requestId));
    try {
      out = exchange.respond(head.status(), headers);
      out.flush();
    } catch (IOException e) {
      throw new ClientGoneException(e);
    }
    if (protocol.initialEvent()) {
      write(writer.initial(head.body()));
    }
  }

  private void write(Message message) {
    try {
      out.write(message.toByteBuffer().array());
      out.flush();
    } catch (IOException e) {
      throw new ClientGoneException(e);
    }
  }

  /** Ends the stream. */
  public synchronized void complete() {
    begin();
    close();
  }

  /**
   * Ends a stream that has begun with an exception event. Breaking it off would not do: there are
   * clients that take that for its end.
   */
  public synchronized void fail(Failure failure, Throwable thrown) {
    write(writer.failure(failure, thrown, requestId));
    close();
  }

  private void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw new ClientGoneException(e);
    }
  }
}
