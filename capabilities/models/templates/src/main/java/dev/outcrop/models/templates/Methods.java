package dev.outcrop.models.templates;

import dev.outcrop.models.templates.Values.Arguments;
import dev.outcrop.models.templates.Values.Tuple;
import dev.outcrop.models.templates.Values.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Methods of Python's str and dict, and which names Python would find on a value. */
final class Methods {
  private static final Set<String> DICT =
      names("clear copy fromkeys get items keys pop popitem setdefault update values");
  private static final Set<String> LIST =
      names("append clear copy count extend index insert pop remove reverse sort");
  private static final Set<String> STR =
      names(
          "capitalize casefold center count encode endswith expandtabs find format format_map index"
              + " isalnum isalpha isascii isdecimal isdigit isidentifier islower isnumeric"
              + " isprintable isspace istitle isupper join ljust lower lstrip maketrans partition"
              + " removeprefix removesuffix replace rfind rindex rjust rpartition rsplit rstrip"
              + " split splitlines startswith strip swapcase title translate upper zfill");
  private static final Set<String> NUMBER =
      names(
          "as_integer_ratio bit_count bit_length conjugate denominator from_bytes fromhex hex imag"
              + " is_integer numerator real to_bytes");

  /** What can be called here; the parser refuses any other method. */
  static final Set<String> CALLABLE =
      names(
          "get items keys values capitalize count endswith find join lower lstrip removeprefix"
              + " removesuffix replace rsplit rstrip split splitlines startswith strip title upper format"
              + " cycle"
              // The reference forbids these as well, but only when a template comes to them.
              + " append clear extend insert pop popitem remove reverse setdefault sort update");

  private Methods() {}

  private static Set<String> names(String words) {
    return Set.of(words.split(" "));
  }

  static boolean pythonAttribute(Object value, String name) {
    return name.startsWith("__")
        || switch (value) {
          case Map<?, ?> _ -> DICT.contains(name);
          case String _ -> STR.contains(name);
          case List<?> _ -> LIST.contains(name);
          case Number _, Boolean _ -> NUMBER.contains(name);
          case null, default -> false;
        };
  }

  static Object call(Object value, String name, Arguments arguments) {
    Object result =
        switch (value) {
          case Map<?, ?> map when DICT.contains(name) -> dict(map, name, arguments);
          case String text -> str(text, name, arguments);
          case Undefined u -> throw u.error();
          case null, default -> null;
        };
    if (result == null) {
      throw new TemplateException(Values.kind(value) + " has no method " + name + " here");
    }
    return result == NONE ? null : result;
  }

  private static final Object NONE = new Object();

  private static Object dict(Map<?, ?> map, String name, Arguments arguments) {
    switch (name) {
      case "get" -> {
        arguments.only(2);
        Object key = arguments.positional().getFirst();
        Object found = map.containsKey(key) ? map.get(key) : arguments.get(1, "", null);
        return found == null ? NONE : Python.normal(found);
      }
      case "keys" -> {
        arguments.only(0);
        return new View(new ArrayList<>(map.keySet()));
      }
      case "values" -> {
        arguments.only(0);
        return new View(new ArrayList<>(map.values()));
      }
      case "items" -> {
        arguments.only(0);
        return items(map);
      }
      default -> {
        return null;
      }
    }
  }

  static View items(Map<?, ?> map) {
    List<Object> items = new ArrayList<>();
    map.forEach((k, v) -> items.add(new Tuple(Arrays.asList(k, v))));
    return new View(items);
  }

  private static Object str(String text, String name, Arguments arguments) {
    return switch (name) {
      case "strip" -> Strings.lstrip(Strings.rstrip(text, chars(arguments)), chars(arguments));
      case "lstrip" -> Strings.lstrip(text, chars(arguments));
      case "rstrip" -> Strings.rstrip(text, chars(arguments));
      case "upper" -> none(arguments, text.toUpperCase(Locale.ROOT));
      case "lower" -> none(arguments, text.toLowerCase(Locale.ROOT));
      case "capitalize" -> none(arguments, capitalize(text));
      case "title" -> none(arguments, title(text));
      case "startswith" -> affixes(arguments).anyMatch(text::startsWith);
      case "endswith" -> affixes(arguments).anyMatch(text::endsWith);
      case "removeprefix" -> removePrefix(text, string(arguments, 0));
      case "removesuffix" -> removeSuffix(text, string(arguments, 0));
      case "replace" -> replace(text, arguments);
      case "split" -> split(text, arguments);
      case "rsplit" -> rsplit(text, arguments);
      case "splitlines" -> none(arguments, lines(text));
      case "find" -> find(text, arguments);
      case "count" -> count(text, arguments);
      case "join" -> join(text, arguments);
      case "format" -> format(text, arguments);
      default -> null;
    };
  }

  private static <T> T none(Arguments arguments, T result) {
    arguments.only(0);
    return result;
  }

  private static String chars(Arguments arguments) {
    arguments.only(1);
    return arguments.positional().isEmpty() || arguments.positional().getFirst() == null
        ? null
        : string(arguments, 0);
  }

  private static String string(Arguments arguments, int index) {
    if (arguments.get(index, "", null) instanceof String text) {
      return text;
    }
    throw new TemplateException("a str is expected as argument " + (index + 1));
  }

  private static Stream<String> affixes(Arguments arguments) {
    arguments.only(1);
    Object given = arguments.get(0, "", null);
    if (given instanceof Tuple tuple) {
      return tuple.stream().map(String.class::cast);
    }
    return Stream.of(string(arguments, 0));
  }

  static String capitalize(String text) {
    if (text.isEmpty()) {
      return text;
    }
    int first = text.codePointAt(0);
    int length = Character.charCount(first);
    return Character.toString(Character.toTitleCase(first))
        + text.substring(length).toLowerCase(Locale.ROOT);
  }

  /** Python's idea of a title: a letter after anything but a letter is upper case. */
  static String title(String text) {
    StringBuilder out = new StringBuilder();
    boolean inWord = false;
    for (int c : text.codePoints().toArray()) {
      out.appendCodePoint(inWord ? Character.toLowerCase(c) : Character.toTitleCase(c));
      inWord = Character.isLetter(c);
    }
    return out.toString();
  }

  private static String removePrefix(String text, String prefix) {
    return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
  }

  private static String removeSuffix(String text, String suffix) {
    return text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
  }

  private static String replace(String text, Arguments arguments) {
    arguments.only(2);
    String old = string(arguments, 0);
    if (old.isEmpty()) {
      throw new TemplateException("replacing the empty str is not supported");
    }
    return text.replace(old, string(arguments, 1));
  }

  private static long most(Arguments arguments) {
    arguments.only(2, "sep", "maxsplit");
    return arguments.get(1, "maxsplit", -1L) instanceof Long n ? n : -1;
  }

  private static Object split(String text, Arguments arguments) {
    long most = most(arguments);
    Object separator = arguments.get(0, "sep", null);
    if (separator == null) {
      if (most >= 0) {
        throw new TemplateException("splitting at white space so many times is not supported");
      }
      return Strings.words(text);
    }
    return Strings.split(text, separator(separator), most);
  }

  private static Object rsplit(String text, Arguments arguments) {
    long most = most(arguments);
    String separator = separator(arguments.get(0, "sep", null));
    List<Object> all = Strings.split(text, separator, -1);
    if (most < 0 || all.size() <= most + 1) {
      return all;
    }
    int joined = all.size() - (int) most;
    List<Object> parts = new ArrayList<>();
    parts.add(
        String.join(separator, all.subList(0, joined).stream().map(String.class::cast).toList()));
    parts.addAll(all.subList(joined, all.size()));
    return parts;
  }

  private static String separator(Object separator) {
    if (separator instanceof String text && !text.isEmpty()) {
      return text;
    }
    throw new TemplateException("split needs a separator that is not empty");
  }

  private static List<Object> lines(String text) {
    if (text.chars().anyMatch(c -> c != '\n' && Strings.space(c) && c != ' ' && c != '\t')) {
      throw new TemplateException("splitlines at other than newlines is not supported");
    }
    List<Object> lines = Strings.split(text, "\n", -1);
    if (lines.getLast().equals("")) {
      lines.removeLast();
    }
    return lines;
  }

  private static Object find(String text, Arguments arguments) {
    arguments.only(1);
    int at = text.indexOf(string(arguments, 0));
    return at < 0 ? -1L : (long) text.codePointCount(0, at);
  }

  private static Object count(String text, Arguments arguments) {
    arguments.only(1);
    return (long) Strings.split(text, separator(string(arguments, 0)), -1).size() - 1;
  }

  private static String format(String text, Arguments arguments) {
    arguments.only(Integer.MAX_VALUE);
    List<Object> parts = Strings.split(text, "{}", -1);
    boolean plain = parts.stream().allMatch(p -> ((String) p).matches("[^{}]*"));
    if (!plain || parts.size() != arguments.positional().size() + 1) {
      throw new TemplateException("format with other than a {} for each argument");
    }
    StringBuilder out = new StringBuilder((String) parts.getFirst());
    for (int i = 1; i < parts.size(); i++) {
      out.append(string(arguments, i - 1)).append(parts.get(i));
    }
    return out.toString();
  }

  private static String join(String separator, Arguments arguments) {
    arguments.only(1);
    List<String> parts = new ArrayList<>();
    for (Object item : Python.elements(arguments.positional().getFirst())) {
      if (!(item instanceof String part)) {
        throw new TemplateException("join of " + Values.kind(item));
      }
      parts.add(part);
    }
    return String.join(separator, parts);
  }
}
