package dev.outcrop.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How a path of keys is written in one word: {@code models.my-gpt.api-key} as a flag, {@code
 * MODELS_MY_GPT_API_KEY} in the environment. Both are ambiguous by themselves, as names that the
 * user chose may contain the separator, so they are read along the shape of the settings.
 */
enum Notation {
  FLAG('.') {
    @Override
    String form(String key) {
      return key;
    }

    @Override
    String chosen(String written) {
      return written;
    }
  },
  ENVIRONMENT('_') {
    @Override
    String form(String key) {
      return Naming.upper(key);
    }

    @Override
    String chosen(String written) {
      return written.toLowerCase(Locale.ROOT).replace('_', '-');
    }
  };

  private final char separator;

  Notation(char separator) {
    this.separator = separator;
  }

  /** How a key is written in this notation. */
  abstract String form(String key);

  /** The name that the user most likely means. */
  abstract String chosen(String written);

  /**
   * The keys from the root to the value.
   *
   * @param tree what other sources gave: names in it are preferred over new ones
   * @return empty when there is no such setting
   */
  Optional<List<String>> path(String written, Shape shape, Tree tree) {
    return switch (shape) {
      case Shape.Perhaps perhaps -> path(written, perhaps.value(), tree);
      case Shape.Scalar scalar -> written.isEmpty() ? Optional.of(List.of()) : Optional.empty();
      case Shape.Several several -> written.isEmpty() ? Optional.of(List.of()) : Optional.empty();
      case Shape.Section section -> inSection(written, section, tree);
      case Shape.Named named -> inNamed(written, named, tree);
    };
  }

  private Optional<List<String>> inSection(String written, Shape.Section section, Tree tree) {
    for (Map.Entry<String, Shape.Member> member : section.members().entrySet()) {
      String key = member.getKey();
      Optional<List<String>> found =
          after(form(key), written)
              .flatMap(rest -> path(rest, member.getValue().shape(), under(tree, key)))
              .map(rest -> prepend(key, rest));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<List<String>> inNamed(String written, Shape.Named named, Tree tree) {
    if (tree instanceof Tree.Group group) {
      for (String name : group.members().keySet()) {
        Optional<List<String>> found =
            after(form(name), written)
                .flatMap(rest -> path(rest, named.value(), under(tree, name)))
                .map(rest -> prepend(name, rest));
        if (found.isPresent()) {
          return found;
        }
      }
    }
    for (int end = 1; end <= written.length(); end++) {
      if (end == written.length() || written.charAt(end) == separator) {
        String rest = end == written.length() ? "" : written.substring(end + 1);
        Optional<List<String>> found = path(rest, named.value(), null);
        if (found.isPresent()) {
          return Optional.of(prepend(chosen(written.substring(0, end)), found.get()));
        }
      }
    }
    return Optional.empty();
  }

  private Optional<String> after(String form, String written) {
    if (written.equals(form)) {
      return Optional.of("");
    }
    return written.startsWith(form + separator)
        ? Optional.of(written.substring(form.length() + 1))
        : Optional.empty();
  }

  private static Tree under(Tree tree, String key) {
    return tree instanceof Tree.Group group ? group.members().get(key) : null;
  }

  private static List<String> prepend(String key, List<String> rest) {
    List<String> all = new ArrayList<>(List.of(key));
    all.addAll(rest);
    return all;
  }
}
