package dev.outcrop.models.templates;

import java.util.AbstractList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Kinds of values that Java's own classes don't tell apart. */
final class Values {
  private Values() {}

  /** A Python tuple: a list with another look. */
  static final class Tuple extends AbstractList<Object> {
    private final List<?> items;

    Tuple(List<?> items) {
      this.items = items;
    }

    @Override
    public Object get(int index) {
      return items.get(index);
    }

    @Override
    public int size() {
      return items.size();
    }
  }

  /** A range or a dict's keys, values or items: iterable with a length, but no list. */
  static final class View extends AbstractList<Object> {
    private final List<?> items;

    View(List<?> items) {
      this.items = items;
    }

    @Override
    public Object get(int index) {
      return items.get(index);
    }

    @Override
    public int size() {
      return items.size();
    }
  }

  /** A generator: can be gone through once, is always true, has no length. */
  record Lazy(Iterator<?> items) {}

  /**
   * A text marked safe. Jinja would escape what is added to it, so only printing, joining, adding
   * and testing are supported.
   */
  record Markup(String text) {}

  /** A namespace, whose attributes can be set. */
  record Namespace(Map<String, Object> attributes) {}

  /** Something that can be called. */
  interface Function {
    Object call(Scope scope, Arguments arguments);
  }

  /** Arguments of a call, in order and by name. */
  record Arguments(List<Object> positional, Map<String, Object> named) {
    /** The argument at a place or of a name, or a default. */
    Object get(int index, String name, Object otherwise) {
      if (index < positional.size()) {
        return positional.get(index);
      }
      return named.getOrDefault(name, otherwise);
    }

    /** Refuses more than these. */
    void only(int most, String... names) {
      if (positional.size() > most || !List.of(names).containsAll(named.keySet())) {
        throw new TemplateException(
            "unexpected arguments: " + positional.size() + " in order, by name " + named.keySet());
      }
    }
  }

  static boolean plainList(Object value) {
    return value instanceof List && !(value instanceof Tuple) && !(value instanceof View);
  }

  /** A Python type's name, for messages. */
  static String kind(Object value) {
    return switch (value) {
      case null -> "None";
      case Undefined _ -> "undefined";
      case String _ -> "str";
      case Boolean _ -> "bool";
      case Long _, Integer _ -> "int";
      case Double _ -> "float";
      case Tuple _ -> "tuple";
      case List<?> _ -> "list";
      case Map<?, ?> _ -> "dict";
      default -> value.getClass().getSimpleName();
    };
  }
}
