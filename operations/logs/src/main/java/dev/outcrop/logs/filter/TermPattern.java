package dev.outcrop.logs.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Terms in a text.
 *
 * @param all must be there
 * @param any one of them must be there, unless there are none
 * @param none must not be there
 */
record TermPattern(
    List<Predicate<String>> all, List<Predicate<String>> any, List<Predicate<String>> none)
    implements FilterPattern {

  static TermPattern read(String text) {
    TermPattern pattern = new TermPattern(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    Scanner in = new Scanner(text);
    while (in.skipSpaces()) {
      List<Predicate<String>> terms = pattern.all;
      if (in.take("?")) {
        terms = pattern.any;
      } else if (in.take("-")) {
        terms = pattern.none;
      }
      terms.add(term(in));
    }
    if (!pattern.any.isEmpty() && !(pattern.all.isEmpty() && pattern.none.isEmpty())) {
      throw new PatternException("?terms can't be combined with other terms");
    }
    return pattern;
  }

  private static Predicate<String> term(Scanner in) {
    if (in.sees('%')) {
      return in.regex();
    }
    String term = in.sees('"') ? in.quoted() : in.word();
    return text -> text.contains(term);
  }

  @Override
  public boolean matches(String message) {
    return all.stream().allMatch(term -> term.test(message))
        && (any.isEmpty() || any.stream().anyMatch(term -> term.test(message)))
        && none.stream().noneMatch(term -> term.test(message));
  }
}
