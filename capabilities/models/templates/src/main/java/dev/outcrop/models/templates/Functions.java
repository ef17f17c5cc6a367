package dev.outcrop.models.templates;

import dev.outcrop.models.templates.Values.Arguments;
import dev.outcrop.models.templates.Values.Function;
import dev.outcrop.models.templates.Values.Namespace;
import dev.outcrop.models.templates.Values.View;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Functions that every template can call. */
final class Functions {
  static final Map<String, Function> GLOBALS =
      Map.of(
          "namespace", (_, a) -> new Namespace(dict(a)),
          "dict", (_, a) -> dict(a),
          "range", (_, a) -> range(a),
          "raise_exception", (_, a) -> raise(a),
          "strftime_now", Functions::now);

  /** Names that mean something in Jinja and nothing here. */
  static final Set<String> UNSUPPORTED =
      Set.of("lipsum", "cycler", "joiner", "self", "super", "caller", "varargs", "kwargs");

  private static final int LONGEST_RANGE = 1_000_000;

  private static final Map<Character, String> DATES =
      Map.ofEntries(
          Map.entry('Y', "uuuu"),
          Map.entry('m', "MM"),
          Map.entry('d', "dd"),
          Map.entry('B', "MMMM"),
          Map.entry('b', "MMM"),
          Map.entry('A', "EEEE"),
          Map.entry('a', "EEE"),
          Map.entry('H', "HH"),
          Map.entry('I', "hh"),
          Map.entry('M', "mm"),
          Map.entry('S', "ss"),
          Map.entry('y', "uu"),
          Map.entry('j', "DDD"),
          Map.entry('p', "a"));

  private Functions() {}

  private static Map<String, Object> dict(Arguments arguments) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (Object given : arguments.positional()) {
      if (!(given instanceof Map<?, ?> other)) {
        throw new TemplateException("dict of " + Values.kind(given) + " is not supported");
      }
      other.forEach((k, v) -> map.put((String) k, v));
    }
    map.putAll(arguments.named());
    return map;
  }

  private static View range(Arguments arguments) {
    arguments.only(3);
    List<Long> bounds = new ArrayList<>();
    for (Object bound : arguments.positional()) {
      if (!(Python.number(bound) instanceof Long n)) {
        throw new TemplateException("range needs whole numbers");
      }
      bounds.add(n);
    }
    long from = bounds.size() < 2 ? 0 : bounds.get(0);
    long to = bounds.get(bounds.size() < 2 ? 0 : 1);
    long step = bounds.size() < 3 ? 1 : bounds.get(2);
    if (step == 0 || Math.abs((to - from) / step) > LONGEST_RANGE) {
      throw new TemplateException("range with step 0 or too many steps");
    }
    List<Object> numbers = new ArrayList<>();
    for (long i = from; step > 0 ? i < to : i > to; i += step) {
      numbers.add(i);
    }
    return new View(numbers);
  }

  private static Object raise(Arguments arguments) {
    throw new TemplateException(Python.text(arguments.get(0, "message", "")));
  }

  private static Object now(Scope scope, Arguments arguments) {
    arguments.only(1, "format");
    if (!(arguments.get(0, "format", null) instanceof String format)) {
      throw new TemplateException("strftime_now needs a format");
    }
    LocalDateTime now = LocalDateTime.now(scope.work.clock);
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      out.append(c == '%' && ++i < format.length() ? part(now, format.charAt(i)) : c);
    }
    return out.toString();
  }

  private static String part(LocalDateTime now, char code) {
    if (code == '%') {
      return "%";
    }
    String pattern = DATES.get(code);
    if (pattern == null) {
      throw new TemplateException("the date code %" + code + " is not supported");
    }
    return DateTimeFormatter.ofPattern(pattern, Locale.US).format(now);
  }
}
