package dev.outcrop.knowledge.chunking;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Splits text into sentences: the JDK's rules (Unicode TR 29), with the breaks taken back that it
 * puts behind abbreviations and initials, and breaks added at empty lines.
 */
public final class Sentences {
  private static final Set<String> ABBREVIATIONS =
      Set.of(
          "mr", "mrs", "ms", "dr", "prof", "st", "sr", "jr", "rev", "gen", "sen", "rep", "gov",
          "col", "capt", "lt", "sgt", "hon", "vs", "etc", "e.g", "i.e", "cf", "al", "fig", "figs",
          "eq", "sec", "ch", "vol", "no", "nos", "pp", "p", "ed", "eds", "approx", "est", "inc",
          "ltd", "co", "corp", "bros", "dept", "univ", "u.s", "u.k", "u.n", "ph.d", "ca", "c", "op",
          "art", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov",
          "dec", "mt", "ft", "min", "max", "resp", "viz");

  private Sentences() {}

  /** A sentence: offsets into the text it was found in, white space around it excluded. */
  public record Span(int start, int end) {
    public String of(CharSequence text) {
      return text.subSequence(start, end).toString();
    }
  }

  /** The sentences of the text in order; together they hold every character but white space. */
  public static List<Span> split(String text) {
    List<Span> spans = new ArrayList<>();
    BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ENGLISH);
    breaks.setText(text);
    int start = 0;
    for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
      if (end < text.length() && isFalseBreak(text, start, end)) {
        continue;
      }
      int border = startsNextWord(text, start, end) ? end - 1 : end;
      addParagraphs(text, start, border, spans);
      start = border;
    }
    addParagraphs(text, start, text.length(), spans);
    return spans;
  }

  private static void addParagraphs(String text, int start, int end, List<Span> spans) {
    int from = start;
    for (int gap = text.indexOf("\n\n", from); gap >= 0 && gap < end; ) {
      addTrimmed(text, from, gap, spans);
      from = gap + 2;
      gap = text.indexOf("\n\n", from);
    }
    addTrimmed(text, from, end, spans);
  }

  private static void addTrimmed(String text, int start, int end, List<Span> spans) {
    int from = start;
    int to = end;
    while (from < to && Character.isWhitespace(text.charAt(from))) {
      from++;
    }
    while (to > from && Character.isWhitespace(text.charAt(to - 1))) {
      to--;
    }
    if (from < to) {
      spans.add(new Span(from, to));
    }
  }

  /**
   * Whether the dot before the break belongs to what follows, as in {@code ./run} or {@code .git}.
   */
  private static boolean startsNextWord(String text, int start, int end) {
    return end < text.length()
        && end - 2 > start
        && text.charAt(end - 1) == '.'
        && Character.isWhitespace(text.charAt(end - 2))
        && !Character.isWhitespace(text.charAt(end));
  }

  private static boolean isFalseBreak(String text, int start, int end) {
    int last = end - 1;
    while (last > start && Character.isWhitespace(text.charAt(last))) {
      if (text.charAt(last) == '\n' && last > start && text.charAt(last - 1) == '\n') {
        return false;
      }
      last--;
    }
    if (text.charAt(last) != '.') {
      return false;
    }
    int word = last;
    while (word > start && isWordPart(text.charAt(word - 1))) {
      word--;
    }
    String before = text.substring(word, last);
    boolean initial = before.length() == 1 && Character.isUpperCase(before.charAt(0));
    return initial || ABBREVIATIONS.contains(before.toLowerCase(Locale.ROOT));
  }

  private static boolean isWordPart(char c) {
    return Character.isLetterOrDigit(c) || c == '.';
  }
}
