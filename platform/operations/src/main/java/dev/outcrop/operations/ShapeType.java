package dev.outcrop.operations;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;

/** What a service's model demands of a value; see the script that writes the table. */
sealed interface ShapeType {

  /**
   * A string or blob. Lengths count code points or bytes; bounds, values and pattern may be null.
   *
   * @param secret whether the value must not be repeated in a message
   */
  record Text(Long min, Long max, Set<String> values, TextPattern pattern, boolean secret)
      implements ShapeType {}

  /** Any number, with its bounds included. */
  record Numeric(BigDecimal min, BigDecimal max) implements ShapeType {}

  /** A list by its length; the type of its members is -1 where they are free. */
  record Sequence(Long min, Long max, int member) implements ShapeType {}

  /** A map by its length; key and value types are -1 where they are free. */
  record Mapping(Long min, Long max, int key, int value) implements ShapeType {}

  /** A structure; of a union exactly one member must be there. */
  record Structure(List<Member> members, boolean union) implements ShapeType {}

  /** A structure's member by its model name; type -1 where only its presence matters. */
  record Member(String name, boolean required, int type) {}
}
