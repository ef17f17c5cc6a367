package dev.outcrop.wire.events;

import dev.outcrop.operations.EventUnion;
import dev.outcrop.wire.shape.Builders;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The events that may travel in one event stream. */
public final class EventTypes {
  private static final Map<String, EventTypes> KNOWN = new ConcurrentHashMap<>();

  private final Map<String, EventType> byName = new HashMap<>();
  private final Map<Class<?>, EventType> byClass = new ConcurrentHashMap<>();
  private final Map<String, String> exceptionNames = new HashMap<>();

  private EventTypes(EventUnion union) {
    union
        .builders()
        .forEach(
            (name, builder) -> {
              EventType type = new EventType(name, Builders.of(union.unionClass(), builder));
              byName.put(name, type);
              byClass.put(type.eventClass(), type);
            });
    union.exceptions().forEach((name, exception) -> exceptionNames.put(exception, name));
  }

  public static EventTypes of(EventUnion union) {
    EventTypes known = KNOWN.get(union.unionClass());
    return known != null
        ? known
        : KNOWN.computeIfAbsent(union.unionClass(), _ -> new EventTypes(union));
  }

  /** The type of that name, or null. */
  EventType named(String name) {
    return byName.get(name);
  }

  /**
   * The type of an event.
   *
   * @throws IllegalArgumentException if it can be several, because the stream's interface did not
   *     build it
   */
  EventType of(Object event) {
    EventType type = byClass.get(event.getClass());
    if (type == null) {
      type = only(event);
      byClass.put(event.getClass(), type);
    }
    return type;
  }

  private EventType only(Object event) {
    EventType found = null;
    for (EventType type : byName.values()) {
      if (event.getClass().isAssignableFrom(type.eventClass())) {
        if (found != null) {
          found = null;
          break;
        }
        found = type;
      }
    }
    if (found == null) {
      throw new IllegalArgumentException(
          "Build events with the builders of the stream's interface: " + event.getClass());
    }
    return found;
  }

  /**
   * What {@code :exception-type} says for an exception of that class, or else for an error of that
   * code; null if the stream models neither.
   */
  String exceptionName(Class<?> exception, String code) {
    String exact = exceptionNames.get(exception.getName());
    if (exact != null) {
      return exact;
    }
    for (Map.Entry<String, String> modelled : exceptionNames.entrySet()) {
      if (modelled.getKey().endsWith("." + code)) {
        return modelled.getValue();
      }
    }
    return null;
  }
}
