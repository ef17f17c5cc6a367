package dev.outcrop.models.templates;

import dev.outcrop.models.templates.Values.Lazy;
import dev.outcrop.models.templates.Values.Markup;
import dev.outcrop.models.templates.Values.Namespace;
import dev.outcrop.models.templates.Values.Tuple;
import dev.outcrop.models.templates.Values.View;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What Python does with values: truth, equality, order, text. */
final class Python {
  private Python() {}

  static boolean truth(Object value) {
    return switch (value) {
      case null -> false;
      case Undefined _ -> false;
      case Boolean b -> b;
      case Long n -> n != 0;
      case Integer n -> n != 0;
      case Double n -> n != 0;
      case String s -> !s.isEmpty();
      case Markup m -> !m.text().isEmpty();
      case List<?> l -> !l.isEmpty();
      case Map<?, ?> m -> !m.isEmpty();
      default -> true;
    };
  }

  /** Integers as long, whole booleans left alone. */
  static Object normal(Object value) {
    return value instanceof Integer n ? (Object) n.longValue() : value;
  }

  static boolean equal(Object a, Object b) {
    if (a instanceof Markup(String text)) {
      return equal(text, b);
    }
    if (b instanceof Markup(String text)) {
      return equal(a, text);
    }
    Object left = number(a);
    Object right = number(b);
    if (left instanceof Number x && right instanceof Number y) {
      return compareNumbers(x, y) == 0;
    }
    if (a instanceof List<?> x && b instanceof List<?> y) {
      return sameKind(x, y) && equalLists(x, y);
    }
    if (a instanceof Map<?, ?> x && b instanceof Map<?, ?> y) {
      return x.size() == y.size()
          && x.entrySet().stream()
              .allMatch(e -> y.containsKey(e.getKey()) && equal(e.getValue(), y.get(e.getKey())));
    }
    if (a instanceof Undefined && b instanceof Undefined) {
      return true;
    }
    if (a instanceof Lazy || b instanceof Lazy) {
      throw new TemplateException("generators can't be compared");
    }
    return Objects.equals(a, b);
  }

  private static boolean sameKind(List<?> a, List<?> b) {
    if (a instanceof View || b instanceof View) {
      throw new TemplateException("ranges and dict views can't be compared");
    }
    return a instanceof Tuple == b instanceof Tuple;
  }

  private static boolean equalLists(List<?> a, List<?> b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      if (!equal(a.get(i), b.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Booleans are numbers in Python. */
  static Object number(Object value) {
    return switch (value) {
      case Boolean b -> (Object) (b ? 1L : 0L);
      case Integer n -> (Object) n.longValue();
      case null -> null;
      default -> value;
    };
  }

  private static int compareNumbers(Number a, Number b) {
    if (a instanceof Long x && b instanceof Long y) {
      return Long.compare(x, y);
    }
    double x = a.doubleValue();
    double y = b.doubleValue();
    return x < y ? -1 : x > y ? 1 : x == y ? 0 : 2;
  }

  /** Negative, zero or positive; an error for values without an order. */
  static int compare(Object a, Object b) {
    Object left = number(a);
    Object right = number(b);
    if (left instanceof Number x && right instanceof Number y) {
      return compareNumbers(x, y);
    }
    if (a instanceof String x && b instanceof String y) {
      return compareText(x, y);
    }
    if (Values.plainList(a) && Values.plainList(b)) {
      return compareLists((List<?>) a, (List<?>) b);
    }
    throw new TemplateException("no order between " + Values.kind(a) + " and " + Values.kind(b));
  }

  private static int compareLists(List<?> a, List<?> b) {
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      if (!equal(a.get(i), b.get(i))) {
        return compare(a.get(i), b.get(i));
      }
    }
    return Integer.compare(a.size(), b.size());
  }

  private static int compareText(String a, String b) {
    int[] x = a.codePoints().toArray();
    int[] y = b.codePoints().toArray();
    return Arrays.compare(x, y);
  }

  static boolean contains(Object container, Object item) {
    return switch (container) {
      case String text -> {
        if (!(item instanceof String part)) {
          throw new TemplateException("'in' a str needs a str, not " + Values.kind(item));
        }
        yield text.contains(part);
      }
      case Map<?, ?> map -> map.containsKey(item);
      case List<?> list -> list.stream().anyMatch(e -> equal(e, item));
      case Undefined _ -> false;
      case null, default ->
          throw new TemplateException("'in' does not work for " + Values.kind(container));
    };
  }

  /** The elements that a loop goes through. */
  static List<?> elements(Object value) {
    return switch (value) {
      case String text -> Strings.characters(text);
      case List<?> list -> list;
      case Map<?, ?> map -> new ArrayList<>(map.keySet());
      case Undefined _ -> List.of();
      case Lazy(Iterator<?> items) -> {
        List<Object> all = new ArrayList<>();
        items.forEachRemaining(all::add);
        yield all;
      }
      case null, default -> throw new TemplateException(Values.kind(value) + " is not iterable");
    };
  }

  /** What {@code str(value)} gives, and printing shows. */
  static String text(Object value) {
    return switch (value) {
      case String s -> s;
      case Markup m -> m.text();
      case Undefined _ -> "";
      case null, default -> repr(value);
    };
  }

  /** What {@code repr(value)} gives. */
  static String repr(Object value) {
    return switch (value) {
      case null -> "None";
      case Boolean b -> b ? "True" : "False";
      case Long n -> n.toString();
      case Integer n -> n.toString();
      case Double n -> real(n);
      case String s -> Quoted.python(s);
      case Tuple t -> t.size() == 1 ? "(" + repr(t.get(0)) + ",)" : "(" + join(t) + ")";
      case View _, Lazy _, Namespace _, Values.Function _ ->
          throw new TemplateException("a function, generator, range or view can't be printed");
      case List<?> list -> "[" + join(list) + "]";
      case Map<?, ?> map -> {
        List<String> entries = new ArrayList<>();
        map.forEach((k, v) -> entries.add(repr(k) + ": " + repr(v)));
        yield "{" + String.join(", ", entries) + "}";
      }
      case Undefined _ -> "Undefined";
      default -> throw new TemplateException("can't print a " + value.getClass().getName());
    };
  }

  private static String join(List<?> items) {
    return String.join(", ", items.stream().map(Python::repr).toList());
  }

  /** The shortest decimal that reads back as the same number, in Python's notation. */
  static String real(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    } else if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    } else if (value == 0) {
      return 1 / value < 0 ? "-0.0" : "0.0";
    }
    BigDecimal exact = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    String digits = exact.unscaledValue().abs().toString();
    int exponent = digits.length() - exact.scale() - 1;
    String sign = value < 0 ? "-" : "";
    if (exponent >= -4 && exponent < 16) {
      String plain = exact.abs().toPlainString();
      return sign + (plain.contains(".") ? plain : plain + ".0");
    }
    String rest = digits.substring(1);
    return "%s%s%se%s%02d"
        .formatted(
            sign,
            digits.charAt(0),
            rest.isEmpty() ? "" : "." + rest,
            exponent < 0 ? "-" : "+",
            Math.abs(exponent));
  }
}
