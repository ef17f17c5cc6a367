package dev.outcrop.models.templates;

import dev.outcrop.models.templates.Quoted.JsonStyle;
import dev.outcrop.models.templates.Values.Arguments;
import dev.outcrop.models.templates.Values.Lazy;
import dev.outcrop.models.templates.Values.Markup;
import dev.outcrop.models.templates.Values.Namespace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Jinja's filters: what may follow a bar. Those that are not here are errors when parsing. */
final class Filters {
  /** Makes one value of another. */
  interface Filter {
    Object apply(Scope scope, Object value, Arguments arguments);
  }

  static final Map<String, Filter> ALL =
      Map.ofEntries(
          Map.entry("tojson", (_, v, a) -> json(v, a)),
          Map.entry("trim", (_, v, a) -> trim(v, a)),
          Map.entry("string", (_, v, a) -> none(a, Python.text(v))),
          Map.entry("length", (_, v, a) -> none(a, length(v))),
          Map.entry("count", (_, v, a) -> none(a, length(v))),
          Map.entry("upper", (_, v, a) -> none(a, Python.text(v).toUpperCase(Locale.ROOT))),
          Map.entry("lower", (_, v, a) -> none(a, Python.text(v).toLowerCase(Locale.ROOT))),
          Map.entry("capitalize", (_, v, a) -> none(a, Methods.capitalize(Python.text(v)))),
          Map.entry("title", (_, v, a) -> none(a, title(Python.text(v)))),
          Map.entry("replace", (_, v, a) -> replace(v, a)),
          Map.entry("default", (_, v, a) -> otherwise(v, a)),
          Map.entry("d", (_, v, a) -> otherwise(v, a)),
          Map.entry("list", (_, v, a) -> none(a, new ArrayList<>(Python.elements(v)))),
          Map.entry("items", (_, v, a) -> none(a, items(v))),
          Map.entry("dictsort", (_, v, a) -> none(a, Sorting.entries(v))),
          Map.entry("join", (_, v, a) -> join(v, a)),
          Map.entry("first", (_, v, a) -> none(a, end(v, true))),
          Map.entry("last", (_, v, a) -> none(a, end(v, false))),
          Map.entry("reverse", (_, v, a) -> none(a, reverse(v))),
          Map.entry("indent", (_, v, a) -> indent(Python.text(v), a)),
          Map.entry("int", (_, v, a) -> whole(v, a)),
          Map.entry("float", (_, v, a) -> real(v, a)),
          Map.entry("abs", (_, v, a) -> none(a, abs(v))),
          Map.entry("safe", (_, v, a) -> none(a, new Markup(Python.text(v)))),
          Map.entry("sort", (_, v, a) -> Sorting.sort(v, a)),
          Map.entry("unique", (_, v, a) -> Sorting.unique(v, a)),
          Map.entry("min", (_, v, a) -> Sorting.extreme(v, a, false)),
          Map.entry("max", (_, v, a) -> Sorting.extreme(v, a, true)),
          Map.entry("map", Selections::map),
          Map.entry("select", (s, v, a) -> Selections.select(v, a, true)),
          Map.entry("reject", (s, v, a) -> Selections.select(v, a, false)),
          Map.entry("selectattr", (s, v, a) -> Selections.selectAttribute(v, a, true)),
          Map.entry("rejectattr", (s, v, a) -> Selections.selectAttribute(v, a, false)));

  /** How Jinja cuts a text into words to make a title. */
  private static final Pattern WORD = Pattern.compile("[^-\\s({\\[<]+");

  private Filters() {}

  private static <T> T none(Arguments arguments, T result) {
    arguments.only(0);
    return result;
  }

  private static Object json(Object value, Arguments arguments) {
    arguments.only(1, "ensure_ascii", "indent", "separators", "sort_keys");
    Object ascii = arguments.get(0, "ensure_ascii", false);
    String indent =
        switch (arguments.named().get("indent")) {
          case null -> null;
          case Long n -> " ".repeat(Math.clamp(n, 0, 100));
          case String s -> s;
          default -> throw new TemplateException("tojson: indent must be an int or str");
        };
    String comma = indent == null ? ", " : ",";
    String colon = ": ";
    if (arguments.named().get("separators") instanceof List<?> separators) {
      comma = (String) separators.get(0);
      colon = (String) separators.get(1);
    }
    boolean sorted = Python.truth(arguments.named().get("sort_keys"));
    return Quoted.json(value, new JsonStyle(indent, comma, colon, Python.truth(ascii), sorted));
  }

  private static Object trim(Object value, Arguments arguments) {
    arguments.only(1, "chars");
    String chars = (String) arguments.get(0, "chars", null);
    return Strings.lstrip(Strings.rstrip(Python.text(value), chars), chars);
  }

  private static long length(Object value) {
    return switch (value) {
      case String text -> Strings.length(text);
      case List<?> list -> list.size();
      case Map<?, ?> map -> map.size();
      case Undefined _ -> 0;
      case null, default -> throw new TemplateException(Values.kind(value) + " has no length");
    };
  }

  private static String title(String text) {
    Matcher words = WORD.matcher(text);
    return words.replaceAll(
        w -> {
          int first = w.group().codePointAt(0);
          String rest = w.group().substring(Character.charCount(first));
          return Matcher.quoteReplacement(
              Character.toString(first).toUpperCase(Locale.ROOT) + rest.toLowerCase(Locale.ROOT));
        });
  }

  private static Object replace(Object value, Arguments arguments) {
    arguments.only(2, "old", "new");
    String old = Python.text(arguments.get(0, "old", null));
    if (old.isEmpty()) {
      throw new TemplateException("replacing the empty str is not supported");
    }
    return Python.text(value).replace(old, Python.text(arguments.get(1, "new", null)));
  }

  private static Object otherwise(Object value, Arguments arguments) {
    arguments.only(2, "default_value", "boolean");
    boolean falsy = Python.truth(arguments.get(1, "boolean", false)) && !Python.truth(value);
    return value instanceof Undefined || falsy ? arguments.get(0, "default_value", "") : value;
  }

  private static Lazy items(Object value) {
    return switch (value) {
      case Undefined _ -> new Lazy(Collections.emptyIterator());
      case Map<?, ?> map -> new Lazy(Methods.items(map).iterator());
      case null, default -> throw new TemplateException("items of " + Values.kind(value));
    };
  }

  private static Object join(Object value, Arguments arguments) {
    arguments.only(2, "d", "attribute");
    Object attribute = arguments.get(1, "attribute", null);
    List<String> parts = new ArrayList<>();
    for (Object item : Python.elements(value)) {
      parts.add(Python.text(attribute == null ? item : Selections.attribute(item, attribute)));
    }
    return String.join(Python.text(arguments.get(0, "d", "")), parts);
  }

  private static Object end(Object value, boolean first) {
    if (value instanceof Lazy && !first) {
      throw new TemplateException("last of a generator");
    }
    List<?> elements = Python.elements(value);
    if (elements.isEmpty()) {
      return new Undefined(first ? "first element" : "last element");
    }
    return Python.normal(first ? elements.getFirst() : elements.getLast());
  }

  private static Object reverse(Object value) {
    if (value instanceof String text) {
      return new StringBuilder(text).reverse().toString();
    }
    return new Lazy(new ArrayList<>(Python.elements(value)).reversed().iterator());
  }

  private static Object indent(String text, Arguments arguments) {
    arguments.only(3, "width", "first", "blank");
    Object width = arguments.get(0, "width", 4L);
    String pad = width instanceof String s ? s : " ".repeat(Math.clamp((Long) width, 0, 1000));
    boolean first = Python.truth(arguments.get(1, "first", false));
    boolean blank = Python.truth(arguments.get(2, "blank", false));
    List<Object> lines = Strings.split(text, "\n", -1);
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      String line = (String) lines.get(i);
      boolean padded = i == 0 ? first : blank || !line.isEmpty();
      out.append(i == 0 ? "" : "\n").append(padded ? pad : "").append(line);
    }
    return out.toString();
  }

  private static Object whole(Object value, Arguments arguments) {
    arguments.only(1, "default");
    Object otherwise = arguments.get(0, "default", 0L);
    try {
      return switch (Python.number(value)) {
        case Long n -> n;
        case Double n -> (Object) (long) n.doubleValue();
        case String s -> parse(s);
        case null, default -> otherwise;
      };
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }

  private static Object parse(String text) {
    String digits = Strings.lstrip(Strings.rstrip(text));
    return digits.matches("[+-]?\\d+") ? Long.parseLong(digits) : (long) Double.parseDouble(digits);
  }

  private static Object real(Object value, Arguments arguments) {
    arguments.only(1, "default");
    Object otherwise = arguments.get(0, "default", 0.0);
    try {
      return switch (Python.number(value)) {
        case Number n -> (Object) n.doubleValue();
        case String s -> Double.parseDouble(Strings.lstrip(Strings.rstrip(s)));
        case null, default -> otherwise;
      };
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }

  private static Object abs(Object value) {
    return switch (Python.number(value)) {
      case Long n -> Math.absExact(n);
      case Double n -> Math.abs(n);
      case Namespace _ -> throw new TemplateException("abs of a namespace");
      case null, default -> throw new TemplateException("abs of " + Values.kind(value));
    };
  }
}
