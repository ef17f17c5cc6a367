package dev.outcrop.models.templates;

import dev.outcrop.models.templates.Values.Markup;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Python's arithmetic on numbers, strings and lists. */
final class Operators {
  private static final int LONGEST = 1 << 20;

  private Operators() {}

  static Object apply(String operator, Object a, Object b) {
    if (a instanceof Undefined u) {
      throw u.error();
    }
    if (b instanceof Undefined u) {
      throw u.error();
    }
    Object left = Python.number(a);
    Object right = Python.number(b);
    if (left instanceof Long x && right instanceof Long y) {
      return integers(operator, x, y);
    }
    if (left instanceof Number x && right instanceof Number y) {
      return reals(operator, x.doubleValue(), y.doubleValue());
    }
    if (operator.equals("+")) {
      return add(a, b);
    }
    if (operator.equals("*") && left instanceof Long n) {
      return repeat(b, n);
    }
    if (operator.equals("*") && right instanceof Long n) {
      return repeat(a, n);
    }
    throw unsupported(operator, a, b);
  }

  private static TemplateException unsupported(String operator, Object a, Object b) {
    return new TemplateException(
        "unsupported operands: " + Values.kind(a) + " " + operator + " " + Values.kind(b));
  }

  private static Object integers(String operator, long x, long y) {
    return switch (operator) {
      case "+" -> Math.addExact(x, y);
      case "-" -> Math.subtractExact(x, y);
      case "*" -> Math.multiplyExact(x, y);
      case "/" -> (Object) nonZero((double) x, (double) y);
      case "//" -> Math.floorDiv(x, y);
      case "%" -> Math.floorMod(x, y);
      case "**" -> power(x, y);
      default -> throw new TemplateException("no operator " + operator);
    };
  }

  private static double nonZero(double x, double y) {
    if (y == 0) {
      throw new TemplateException("division by zero");
    }
    return x / y;
  }

  private static Object power(long x, long y) {
    return y < 0 || y > 1000
        ? (Object) Math.pow((double) x, (double) y)
        : (Object) BigInteger.valueOf(x).pow((int) y).longValueExact();
  }

  private static Object reals(String operator, double x, double y) {
    return switch (operator) {
      case "+" -> x + y;
      case "-" -> x - y;
      case "*" -> x * y;
      case "/" -> nonZero(x, y);
      case "//" -> Math.floor(nonZero(x, y));
      case "%" -> x - y * Math.floor(nonZero(x, y));
      case "**" -> Math.pow(x, y);
      default -> throw new TemplateException("no operator " + operator);
    };
  }

  private static Object add(Object a, Object b) {
    if (a instanceof String x && b instanceof String y) {
      Output.check((long) x.length() + y.length());
      return x + y;
    }
    if (text(a) && text(b)) {
      return new Markup(escaped(a) + escaped(b));
    }
    if (Values.plainList(a) && Values.plainList(b)) {
      Output.check((long) ((List<?>) a).size() + ((List<?>) b).size());
      List<Object> joined = new ArrayList<>((List<?>) a);
      joined.addAll((List<?>) b);
      return joined;
    }
    throw unsupported("+", a, b);
  }

  private static boolean text(Object value) {
    return value instanceof String || value instanceof Markup;
  }

  /** What is added to a text marked safe is made safe for HTML. */
  private static String escaped(Object value) {
    return value instanceof Markup(String safe)
        ? safe
        : ((String) value)
            .replace("&", "&amp;")
            .replace(">", "&gt;")
            .replace("<", "&lt;")
            .replace("'", "&#39;")
            .replace("\"", "&#34;");
  }

  private static Object repeat(Object value, long times) {
    if (times > LONGEST) {
      throw new TemplateException("a repetition of " + times + " times");
    }
    int count = (int) Math.max(times, 0);
    if (value instanceof String text && (long) text.length() * count <= LONGEST) {
      return text.repeat(count);
    }
    if (Values.plainList(value) && (long) ((List<?>) value).size() * count <= LONGEST) {
      List<Object> all = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        all.addAll((List<?>) value);
      }
      return all;
    }
    throw unsupported("*", value, times);
  }
}
