package dev.outcrop.wire;

import software.amazon.awssdk.core.SdkResponse;

/**
 * Receives the events of a streaming operation as they happen; every event is on its way when
 * {@code send} returns.
 *
 * @param <E> the SDK's event stream interface, for example {@code ConverseStreamOutput}
 */
public interface EventSink<E> {

  /**
   * Sends the members of the initial response (headers, for example a session id). Optional, and
   * only before the first event.
   */
  void respond(SdkResponse initial);

  /**
   * Sends one event, made by the event stream interface's own builders.
   *
   * @throws ClientGoneException when nobody is listening any more; the work should stop
   */
  void send(E event);
}
