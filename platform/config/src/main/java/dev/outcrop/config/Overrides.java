package dev.outcrop.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Lays single values, given as flags or in the environment, over what the file says. */
final class Overrides {
  private final Shape.Section root;
  private final Tree.Group tree;
  private final List<Problem> problems;

  Overrides(Shape.Section root, Tree.Group tree, List<Problem> problems) {
    this.root = root;
    this.tree = tree;
    this.problems = problems;
  }

  void environment(Map<String, String> variables) {
    new TreeMap<>(variables)
        .forEach(
            (name, value) -> {
              if (name.startsWith(Naming.PREFIX) && !Sources.RESERVED.contains(name)) {
                String written = name.substring(Naming.PREFIX.length());
                set(Notation.ENVIRONMENT, name, written, value);
              }
            });
  }

  void flags(Map<String, String> flags) {
    new TreeMap<>(flags).forEach((name, value) -> set(Notation.FLAG, "--set", name, value));
  }

  private void set(Notation notation, String where, String written, String value) {
    Tree.Origin origin = new Tree.Origin(where, Path.of(""));
    notation
        .path(written, root, tree)
        .ifPresentOrElse(
            path -> put(path, new Tree.Text(value, origin)),
            () -> problems.add(new Problem(where, unknown(notation, written))));
  }

  private String unknown(Notation notation, String written) {
    List<String> known =
        Shape.keys(root, "").stream().map(key -> notation.form(key.path())).toList();
    String prefix = notation == Notation.ENVIRONMENT ? Naming.PREFIX : "";
    return prefix
        + written
        + " is not a setting."
        + Naming.nearest(written, known)
            .map(near -> " Did you mean " + prefix + near + "?")
            .orElse("");
  }

  private void put(List<String> path, Tree.Text value) {
    Tree.Group group = tree;
    for (String key : path.subList(0, path.size() - 1)) {
      Tree next = group.members().get(key);
      if (!(next instanceof Tree.Group)) {
        next = new Tree.Group(new LinkedHashMap<>(), value.origin());
        group.members().put(key, next);
      }
      group = (Tree.Group) next;
    }
    group.members().put(path.getLast(), value);
  }
}
