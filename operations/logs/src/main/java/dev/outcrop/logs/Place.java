package dev.outcrop.logs;

import java.util.List;

/** A place in the order of events. */
record Place(long happened, long id) {

  /** Before all events of a time. */
  static Place before(long time) {
    return new Place(time, -1);
  }

  static Place of(List<String> position) {
    return new Place(Long.parseLong(position.getFirst()), Long.parseLong(position.getLast()));
  }

  List<String> position() {
    return List.of(Long.toString(happened), Long.toString(id));
  }

  /** The places beside this one. */
  Place next() {
    return new Place(happened, id + 1);
  }

  Place previous() {
    return new Place(happened, id - 1);
  }
}
