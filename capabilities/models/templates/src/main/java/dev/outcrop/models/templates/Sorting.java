package dev.outcrop.models.templates;

import dev.outcrop.models.templates.Values.Arguments;
import dev.outcrop.models.templates.Values.Lazy;
import dev.outcrop.models.templates.Values.Tuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The filters that compare elements; unless told otherwise they ignore the case of strings. */
final class Sorting {
  private Sorting() {}

  static List<Object> sort(Object value, Arguments arguments) {
    arguments.only(3, "reverse", "case_sensitive", "attribute");
    UnaryOperator<Object> key = key(arguments, 1, 2);
    List<Object> sorted = new ArrayList<>(Python.elements(value));
    Comparator<Object> order = (a, b) -> Python.compare(key.apply(a), key.apply(b));
    boolean reverse = Python.truth(arguments.get(0, "reverse", false));
    sorted.sort(reverse ? order.reversed() : order);
    return sorted;
  }

  static Lazy unique(Object value, Arguments arguments) {
    arguments.only(2, "case_sensitive", "attribute");
    UnaryOperator<Object> key = key(arguments, 0, 1);
    List<Object> seen = new ArrayList<>();
    List<Object> kept = new ArrayList<>();
    for (Object element : Python.elements(value)) {
      Object own = key.apply(element);
      if (seen.stream().noneMatch(s -> Python.equal(s, own))) {
        seen.add(own);
        kept.add(element);
      }
    }
    return new Lazy(kept.iterator());
  }

  static Object extreme(Object value, Arguments arguments, boolean most) {
    arguments.only(2, "case_sensitive", "attribute");
    UnaryOperator<Object> key = key(arguments, 0, 1);
    Object best = new Undefined("an element of an empty sequence");
    for (Object element : Python.elements(value)) {
      int order =
          best instanceof Undefined ? -1 : Python.compare(key.apply(element), key.apply(best));
      if (best instanceof Undefined || (most ? order > 0 : order < 0)) {
        best = element;
      }
    }
    return best;
  }

  /** A dict's keys and values by key. */
  static List<Object> entries(Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      throw new TemplateException("dictsort of " + Values.kind(value));
    }
    List<Map.Entry<?, ?>> entries = new ArrayList<>(map.entrySet());
    entries.sort((a, b) -> Python.compare(folded(a.getKey()), folded(b.getKey())));
    List<Object> sorted = new ArrayList<>();
    entries.forEach(e -> sorted.add(new Tuple(Arrays.asList(e.getKey(), e.getValue()))));
    return sorted;
  }

  private static UnaryOperator<Object> key(Arguments arguments, int sensitiveAt, int attributeAt) {
    boolean sensitive = Python.truth(arguments.get(sensitiveAt, "case_sensitive", false));
    Object attribute = arguments.get(attributeAt, "attribute", null);
    return element -> {
      Object value = attribute == null ? element : Selections.attribute(element, attribute);
      return sensitive ? value : folded(value);
    };
  }

  private static Object folded(Object key) {
    return key instanceof String text ? text.toLowerCase(Locale.ROOT) : key;
  }
}
