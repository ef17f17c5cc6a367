package dev.outcrop.models.templates;

import dev.outcrop.models.templates.Values.Arguments;
import dev.outcrop.models.templates.Values.Function;
import dev.outcrop.models.templates.Values.Namespace;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The {@code loop} variable. */
final class Loop {
  private Loop() {}

  static Namespace at(List<Object> elements, int index) {
    int size = elements.size();
    Map<String, Object> loop = new HashMap<>();
    loop.put("index", index + 1L);
    loop.put("index0", (long) index);
    loop.put("revindex", (long) size - index);
    loop.put("revindex0", size - index - 1L);
    loop.put("first", index == 0);
    loop.put("last", index == size - 1);
    loop.put("length", (long) size);
    if (index > 0) {
      loop.put("previtem", elements.get(index - 1));
    }
    if (index < size - 1) {
      loop.put("nextitem", elements.get(index + 1));
    }
    loop.put("cycle", (Function) (_, arguments) -> cycle(arguments, index));
    return new Namespace(loop);
  }

  private static Object cycle(Arguments arguments, int index) {
    List<Object> values = arguments.positional();
    return values.get(index % values.size());
  }
}
