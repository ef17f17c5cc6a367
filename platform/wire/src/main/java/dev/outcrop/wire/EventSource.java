package dev.outcrop.wire;

/**
 * The events that a client sends into a streaming operation, read one by one as they arrive.
 *
 * @param <E> the SDK's input event stream interface
 */
public interface EventSource<E> {

  /**
   * Waits for the next event.
   *
   * @return the event, or null when the client has ended its half of the stream
   * @throws ClientGoneException when the client left without ending it
   */
  E next();
}
