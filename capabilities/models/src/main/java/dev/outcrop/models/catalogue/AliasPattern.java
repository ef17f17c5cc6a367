package dev.outcrop.models.catalogue;

import java.util.Comparator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An alias for many names: {@code *} stands for any characters.
 *
 * @param text as configured
 * @param regex the same for matching
 * @param target what the names stand for
 */
record AliasPattern(String text, Pattern regex, CatalogueEntry target) {

  /** The one that says most of a name comes first; among equals the alphabet decides. */
  static final Comparator<AliasPattern> MOST_SPECIFIC_FIRST =
      Comparator.comparingInt(AliasPattern::literals).reversed().thenComparing(AliasPattern::text);

  static boolean is(String alias) {
    return alias.indexOf('*') >= 0;
  }

  static AliasPattern of(String text, CatalogueEntry target) {
    String regex =
        Stream.of(text.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
    return new AliasPattern(text, Pattern.compile(regex), target);
  }

  private int literals() {
    return (int) text.chars().filter(c -> c != '*').count();
  }

  boolean fits(String name) {
    return regex.matcher(name).matches();
  }
}
