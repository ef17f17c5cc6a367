package dev.outcrop.models.templates;

import dev.outcrop.models.templates.Values.Lazy;
import dev.outcrop.models.templates.Values.Namespace;
import dev.outcrop.models.templates.Values.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code a.b}, {@code a[b]} and {@code a[b:c]}. */
final class Attributes {
  private Attributes() {}

  /** {@code value.name}; Python's own attributes come before a dict's keys. */
  static Object attribute(Object value, String name) {
    if (value instanceof Undefined u) {
      throw u.error();
    }
    if (value instanceof Namespace(Map<String, Object> attributes)) {
      return attributes.containsKey(name) ? attributes.get(name) : new Undefined(name);
    }
    if (Methods.pythonAttribute(value, name)) {
      throw new TemplateException(
          "a method of " + Values.kind(value) + " used as a value: " + name);
    }
    return value instanceof Map<?, ?> map ? entry(map, name) : new Undefined(name);
  }

  private static Object entry(Map<?, ?> map, Object key) {
    return map.containsKey(key) ? Python.normal(map.get(key)) : new Undefined(Python.text(key));
  }

  /** {@code value[key]}; what is not there is undefined. */
  static Object item(Object value, Object key) {
    return switch (value) {
      case Undefined u -> throw u.error();
      case Map<?, ?> map -> mapItem(map, key);
      case Namespace _ when key instanceof String name -> attribute(value, name);
      case View _, Lazy _ -> throw new TemplateException("an index into a view or generator");
      case List<?> list when index(key) -> at(list, key);
      case String text when index(key) -> at(Strings.characters(text), key);
      case null, default -> {
        if (key instanceof String name && Methods.pythonAttribute(value, name)) {
          throw new TemplateException("a method used as a value: " + name);
        }
        yield new Undefined(Python.text(key));
      }
    };
  }

  private static Object mapItem(Map<?, ?> map, Object key) {
    Object found = entry(map, key);
    boolean missing = found instanceof Undefined;
    if (missing && key instanceof String name && Methods.pythonAttribute(map, name)) {
      throw new TemplateException("a method of dict used as a value: " + name);
    }
    return found;
  }

  private static boolean index(Object key) {
    return key instanceof Long || key instanceof Boolean;
  }

  private static Object at(List<?> list, Object key) {
    long index = (Long) Python.number(key);
    long from = index < 0 ? index + list.size() : index;
    return from >= 0 && from < list.size()
        ? Python.normal(list.get((int) from))
        : new Undefined("element " + index);
  }

  /** {@code value[start:stop:step]}, any of which may be null. */
  static Object slice(Object value, Object start, Object stop, Object step) {
    List<?> items =
        switch (value) {
          case String text -> Strings.characters(text);
          case List<?> list when Values.plainList(list) -> list;
          case Undefined u -> throw u.error();
          case null, default -> throw new TemplateException("a slice of " + Values.kind(value));
        };
    List<Object> picked = pick(items, start, stop, step);
    return value instanceof String
        ? String.join("", picked.stream().map(String.class::cast).toList())
        : picked;
  }

  private static List<Object> pick(List<?> items, Object start, Object stop, Object step) {
    long by = bound(step, 1);
    if (by == 0) {
      throw new TemplateException("a slice with step 0");
    }
    long size = items.size();
    long low = by > 0 ? 0 : -1;
    long high = by > 0 ? size : size - 1;
    long from = clip(bound(start, by > 0 ? low : high), start, size, low, high);
    long to = clip(bound(stop, by > 0 ? high : low), stop, size, low, high);
    List<Object> picked = new ArrayList<>();
    for (long i = from; by > 0 ? i < to : i > to; i += by) {
      picked.add(items.get((int) i));
    }
    return picked;
  }

  private static long bound(Object value, long otherwise) {
    return switch (value) {
      case null -> otherwise;
      case Long n -> n;
      default -> throw new TemplateException("slices need whole numbers");
    };
  }

  private static long clip(long bound, Object given, long size, long low, long high) {
    long index = given != null && bound < 0 ? bound + size : bound;
    return Math.clamp(index, low, high);
  }
}
