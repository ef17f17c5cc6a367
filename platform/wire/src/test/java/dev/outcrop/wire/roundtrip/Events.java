package dev.outcrop.wire.roundtrip;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import software.amazon.awssdk.core.async.SdkPublisher;

/** What a client's response handler is given. */
final class Events {
  private final List<Object> received = Collections.synchronizedList(new ArrayList<>());
  private volatile Object response;

  /** A handler of the given interface, which must be one of an event stream. */
  Object handler(Class<?> type) {
    return Proxy.newProxyInstance(
        type.getClassLoader(),
        new Class<?>[] {type},
        (_, method, arguments) -> {
          switch (method.getName()) {
            case "responseReceived" -> response = arguments[0];
            case "onEventStream" -> ((SdkPublisher<?>) arguments[0]).subscribe(received::add);
            default -> {
              // errors end the call's future, which is waited for
            }
          }
          return null;
        });
  }

  /** The events in the order they came. */
  List<Object> received() {
    return List.copyOf(received);
  }

  /** The initial response. */
  Object response() {
    return response;
  }
}
