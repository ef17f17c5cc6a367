package dev.outcrop.wire.xml;

import dev.outcrop.wire.shape.Member;

/** What the parts of lists and maps are called, with the defaults of the protocols. */
public final class Names {
  private Names() {}

  /** A list's elements. */
  public static String element(Member list) {
    String name = list.list().memberLocationName();
    return name == null ? "member" : name;
  }

  /** A map's keys. */
  public static String key(Member map) {
    String name = map.map().keyLocationName();
    return name == null ? "key" : name;
  }

  /** A map's values. */
  public static String value(Member map) {
    String name = map.map().valueLocationName();
    return name == null ? "value" : name;
  }
}
