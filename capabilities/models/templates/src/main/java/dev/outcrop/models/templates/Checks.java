package dev.outcrop.models.templates;

import dev.outcrop.models.templates.Values.Arguments;
import dev.outcrop.models.templates.Values.Function;
import dev.outcrop.models.templates.Values.Lazy;
import dev.outcrop.models.templates.Values.Markup;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** Jinja's tests: what may follow {@code is}. */
final class Checks {
  /** A test of a value. */
  interface Check {
    boolean holds(Object value, Arguments arguments);
  }

  static final Map<String, Check> ALL =
      Map.ofEntries(
          simple("defined", v -> !(v instanceof Undefined)),
          simple("undefined", v -> v instanceof Undefined),
          simple("none", v -> v == null),
          simple("boolean", v -> v instanceof Boolean),
          simple("true", v -> Boolean.TRUE.equals(v)),
          simple("false", v -> Boolean.FALSE.equals(v)),
          simple("string", v -> v instanceof String || v instanceof Markup),
          simple("number", v -> v instanceof Number || v instanceof Boolean),
          simple("integer", v -> v instanceof Long || v instanceof Integer),
          simple("float", v -> v instanceof Double),
          simple("mapping", v -> v instanceof Map),
          simple("iterable", v -> sequence(v) || v instanceof Lazy),
          simple("sequence", Checks::sequence),
          simple("callable", v -> v instanceof Function),
          simple("lower", v -> Python.text(v).equals(lower(v)) && cased(v)),
          simple("upper", v -> Python.text(v).equals(upper(v)) && cased(v)),
          simple("odd", v -> Python.equal(Operators.apply("%", v, 2L), 1L)),
          simple("even", v -> Python.equal(Operators.apply("%", v, 2L), 0L)),
          Map.entry("divisibleby", (v, a) -> zero(Operators.apply("%", v, one(a)))),
          Map.entry("in", (v, a) -> Python.contains(one(a), v)),
          Map.entry("eq", (v, a) -> Python.equal(v, one(a))),
          Map.entry("equalto", (v, a) -> Python.equal(v, one(a))),
          Map.entry("==", (v, a) -> Python.equal(v, one(a))),
          Map.entry("ne", (v, a) -> !Python.equal(v, one(a))),
          Map.entry("!=", (v, a) -> !Python.equal(v, one(a))),
          Map.entry("lt", (v, a) -> Comparison.holds("<", v, one(a))),
          Map.entry("lessthan", (v, a) -> Comparison.holds("<", v, one(a))),
          Map.entry("gt", (v, a) -> Comparison.holds(">", v, one(a))),
          Map.entry("greaterthan", (v, a) -> Comparison.holds(">", v, one(a))),
          Map.entry("le", (v, a) -> Comparison.holds("<=", v, one(a))),
          Map.entry("ge", (v, a) -> Comparison.holds(">=", v, one(a))));

  private Checks() {}

  private static Map.Entry<String, Check> simple(String name, Predicate<Object> test) {
    return Map.entry(
        name,
        (value, arguments) -> {
          arguments.only(0);
          return test.test(value);
        });
  }

  /** What Jinja takes for a sequence: has a length and elements; that includes the undefined. */
  private static boolean sequence(Object value) {
    return value instanceof List
        || value instanceof String
        || value instanceof Markup
        || value instanceof Map
        || value instanceof Undefined;
  }

  private static Object one(Arguments arguments) {
    arguments.only(1);
    return arguments.positional().getFirst();
  }

  private static boolean zero(Object value) {
    return Python.equal(value, 0L);
  }

  private static String lower(Object value) {
    return Python.text(value).toLowerCase(Locale.ROOT);
  }

  private static String upper(Object value) {
    return Python.text(value).toUpperCase(Locale.ROOT);
  }

  private static boolean cased(Object value) {
    return !lower(value).equals(upper(value));
  }
}
