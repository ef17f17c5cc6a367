package dev.outcrop.models.templates;

import dev.outcrop.models.templates.Values.Arguments;
import dev.outcrop.models.templates.Values.Lazy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The filters that work on each element: map, select, selectattr and their opposites. */
final class Selections {
  private Selections() {}

  /** These filters take whatever is false, None included, for nothing. */
  private static List<?> elements(Object value) {
    return Python.truth(value) ? Python.elements(value) : List.of();
  }

  static Object map(Scope scope, Object value, Arguments arguments) {
    List<?> elements = elements(value);
    if (arguments.named().containsKey("attribute")) {
      arguments.only(0, "attribute", "default");
      Object path = arguments.named().get("attribute");
      Object otherwise = arguments.named().get("default");
      return new Lazy(
          elements.stream().map(e -> attribute(e, path, otherwise)).toList().iterator());
    }
    Filters.Filter filter = Filters.ALL.get(String.valueOf(arguments.positional().getFirst()));
    if (filter == null) {
      throw new TemplateException("map: no filter " + arguments.positional().getFirst());
    }
    Arguments rest = rest(arguments, 1);
    return lazy(elements.stream().map(e -> filter.apply(scope, e, rest)).toArray());
  }

  private static Lazy lazy(Object[] items) {
    return new Lazy(Arrays.asList(items).iterator());
  }

  static Object select(Object value, Arguments arguments, boolean wanted) {
    return lazy(elements(value).stream().filter(e -> test(e, arguments, 0) == wanted).toArray());
  }

  static Object selectAttribute(Object value, Arguments arguments, boolean wanted) {
    Object path = arguments.positional().getFirst();
    return lazy(
        elements(value).stream()
            .filter(e -> test(attribute(e, path), arguments, 1) == wanted)
            .toArray());
  }

  private static boolean test(Object value, Arguments arguments, int at) {
    if (arguments.positional().size() <= at) {
      return Python.truth(value);
    }
    Checks.Check check = Checks.ALL.get(String.valueOf(arguments.positional().get(at)));
    if (check == null) {
      throw new TemplateException("no test " + arguments.positional().get(at));
    }
    return check.holds(value, rest(arguments, at + 1));
  }

  private static Arguments rest(Arguments arguments, int from) {
    List<Object> positional = arguments.positional();
    return new Arguments(
        positional.subList(from, positional.size()), Map.copyOf(arguments.named()));
  }

  /** An attribute by its path, whose parts are keys or indexes. */
  static Object attribute(Object value, Object path) {
    return attribute(value, path, null);
  }

  /** Each part that is not there is the default, if there is one. */
  private static Object attribute(Object value, Object path, Object otherwise) {
    if (!(path instanceof String text)) {
      return Attributes.item(value, path);
    }
    Object found = value;
    for (Object part : Strings.split(text, ".", -1)) {
      String name = (String) part;
      found = Attributes.item(found, name.matches("\\d+") ? (Object) Long.valueOf(name) : name);
      if (found instanceof Undefined && otherwise != null) {
        found = otherwise;
      }
    }
    return found;
  }
}
