package dev.outcrop.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the records. A setting with a problem becomes null and its record is not made; binding goes
 * on to find the others.
 */
final class Binder {
  private final List<Problem> problems;

  Binder(List<Problem> problems) {
    this.problems = problems;
  }

  Object section(Shape.Section section, Tree tree, String path) {
    Map<String, Tree> given = members(tree, path);
    given.forEach((name, value) -> requireKnown(section, name, value, path));
    int before = problems.size();
    List<Object> values = new ArrayList<>();
    section
        .members()
        .forEach((name, member) -> values.add(member(member, given.get(name), path + name)));
    return problems.size() == before ? make(section.type(), values, tree, path) : null;
  }

  private Object member(Shape.Member member, Tree tree, String path) {
    return value(member.shape(), member.setting(), tree, path);
  }

  private Object value(Shape shape, Setting setting, Tree tree, String path) {
    return switch (shape) {
      case Shape.Section section ->
          section(section, tree == null ? Tree.Group.empty() : tree, path + ".");
      case Shape.Perhaps perhaps ->
          tree == null
              ? Optional.empty()
              : Optional.ofNullable(value(perhaps.value(), setting, tree, path));
      case Shape.Named named -> named(named, setting, tree, path);
      case Shape.Several several -> several(several, setting, tree, path);
      case Shape.Scalar scalar -> scalar(scalar, setting, tree, path);
    };
  }

  private Object named(Shape.Named named, Setting setting, Tree tree, String path) {
    Map<String, Object> values = new LinkedHashMap<>();
    if (tree != null) {
      members(tree, path + ".")
          .forEach(
              (name, each) ->
                  values.put(name, value(named.value(), setting, each, path + "." + name)));
    }
    values.values().removeIf(each -> each == null);
    return Collections.unmodifiableMap(values);
  }

  /** A list, or its items in one text with commas between them. */
  private Object several(Shape.Several several, Setting setting, Tree tree, String path) {
    List<Tree> items =
        switch (tree) {
          case null -> split(new Tree.Text(setting.value(), Tree.Origin.NONE));
          case Tree.Items given -> given.items();
          case Tree.Text text -> split(text);
          case Tree.Group group -> List.of(group);
        };
    List<Object> values = new ArrayList<>();
    for (Tree item : items) {
      values.add(scalar(several.value(), setting, item, path));
    }
    return values.contains(null) ? null : List.copyOf(values);
  }

  private static List<Tree> split(Tree.Text text) {
    return Arrays.stream(text.text().split(","))
        .map(String::strip)
        .filter(item -> !item.isEmpty())
        .<Tree>map(item -> new Tree.Text(item, text.origin()))
        .toList();
  }

  private Object scalar(Shape.Scalar scalar, Setting setting, Tree tree, String path) {
    if (tree == null && setting.value().isEmpty()) {
      problems.add(new Problem("", path + " is required: " + setting.doc()));
      return null;
    }
    Tree given = tree == null ? new Tree.Text(setting.value(), Tree.Origin.NONE) : tree;
    Tree.Origin origin = given.origin();
    String expected = Scalars.describe(scalar.type(), setting);
    if (!(given instanceof Tree.Text text)) {
      problems.add(new Problem(origin.where(), path + " must be one value, " + expected));
      return null;
    }
    try {
      Path folder = origin.folder();
      return Scalars.read(text.text(), scalar.type(), setting, folder);
    } catch (IllegalArgumentException e) {
      String shown = scalar.type() == Secret.class ? "what is given" : "'" + text.text() + "'";
      problems.add(new Problem(origin.where(), path + " must be " + expected + ", not " + shown));
    }
    return null;
  }

  private void requireKnown(Shape.Section section, String name, Tree value, String path) {
    if (!section.members().containsKey(name)) {
      String near =
          Naming.nearest(name, section.members().keySet())
              .map(known -> " Did you mean " + path + known + "?")
              .orElse("");
      problems.add(new Problem(value.origin().where(), path + name + " is not a setting." + near));
    }
  }

  private Map<String, Tree> members(Tree tree, String path) {
    if (tree instanceof Tree.Group group) {
      return group.members();
    }
    problems.add(new Problem(tree.origin().where(), name(path) + " must be a group of settings"));
    return Map.of();
  }

  private static String name(String path) {
    return path.isEmpty() ? "the whole" : path.substring(0, path.length() - 1);
  }

  private Object make(Class<? extends Record> type, List<Object> values, Tree tree, String path) {
    try {
      Class<?>[] types =
          Arrays.stream(type.getRecordComponents())
              .map(RecordComponent::getType)
              .toArray(Class<?>[]::new);
      Constructor<? extends Record> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values.toArray());
    } catch (InvocationTargetException e) {
      problems.add(
          new Problem(tree.origin().where(), name(path) + ": " + e.getCause().getMessage()));
      return null;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
