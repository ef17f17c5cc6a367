package dev.outcrop.wire.events;

import dev.outcrop.wire.shape.Builders;
import dev.outcrop.wire.shape.Member;
import dev.outcrop.wire.shape.Shape;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;

/** One kind of event of an event stream. */
final class EventType {
  private final String name;
  private final Builders builders;
  private final Shape shape;
  private final Class<?> eventClass;

  EventType(String name, Builders builders) {
    this.name = name;
    this.builders = builders;
    SdkPojo builder = builders.get();
    this.shape = Shape.of(builder);
    this.eventClass = Shape.build(builder).getClass();
  }

  /** What {@code :event-type} says. */
  String name() {
    return name;
  }

  SdkPojo newBuilder() {
    return builders.get();
  }

  Shape shape() {
    return shape;
  }

  /** The class of events made by the union's own builder. */
  Class<?> eventClass() {
    return eventClass;
  }

  /** The member that is the whole payload, or null. */
  Member payload() {
    return shape.payload();
  }

  /** Whether a member travels as a header of the event. */
  static boolean isHeader(Member member) {
    return member.location() == MarshallLocation.HEADER;
  }
}
