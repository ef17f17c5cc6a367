package dev.outcrop.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was given, before its types are known: text, lists and groups, each with its origin. */
sealed interface Tree {
  Origin origin();

  record Text(String text, Origin origin) implements Tree {}

  record Items(List<Tree> items, Origin origin) implements Tree {}

  record Group(Map<String, Tree> members, Origin origin) implements Tree {
    static Group empty() {
      return new Group(new LinkedHashMap<>(), Origin.NONE);
    }
  }

  /**
   * Where it was written.
   *
   * @param where for messages
   * @param folder that relative paths are relative to
   */
  record Origin(String where, Path folder) {
    static final Origin NONE = new Origin("", Path.of(""));
  }
}
