package dev.outcrop.models.routing;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** What a prompt looks like, whatever it speaks of: lengths, numbers, signs. */
final class Counts {
  /** How many numbers {@link #of} gives. */
  static final int SIZE = 18;

  private static final Set<String> NEGATIONS =
      Set.of("not", "except", "never", "neither", "without");
  private static final int LONG_WORD = 8;

  private final Set<String> distinct = new HashSet<>();
  private int words;
  private int letters;
  private int longWords;
  private int capitals;
  private int numbers;
  private int lines;
  private int questions;
  private int operators;
  private int dollars;
  private int brackets;
  private int commas;
  private int sentence;
  private int longestSentence;
  private boolean negation;
  private boolean foreign;

  private Counts() {}

  static double[] of(String text) {
    Counts counts = new Counts();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      int end = at + 1;
      if (Character.isLetter(c)) {
        while (end < text.length() && Character.isLetter(text.charAt(end))) {
          end++;
        }
        counts.word(text.substring(at, end));
      } else if (Character.isDigit(c)) {
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
          end++;
        }
        counts.numbers++;
      } else {
        counts.sign(c);
      }
      counts.foreign |= c > 127;
      counts.sentence += end - at;
      at = end;
    }
    counts.endOfSentence();
    return counts.values(text);
  }

  private void word(String word) {
    words++;
    letters += word.length();
    longWords += word.length() > LONG_WORD ? 1 : 0;
    capitals += Character.isUpperCase(word.charAt(0)) ? 1 : 0;
    String lower = word.toLowerCase(Locale.ROOT);
    distinct.add(lower);
    negation |= NEGATIONS.contains(lower);
  }

  private void sign(char c) {
    switch (c) {
      case '\n' -> lines++;
      case '?' -> questions++;
      case '=', '+', '*', '/', '^', '<', '>', '\\' -> operators++;
      case '$' -> dollars++;
      case '{', '}', '[', ']', '(', ')', ';', '_' -> brackets++;
      case ',' -> commas++;
      default -> {
        // Says nothing.
      }
    }
    if (c == '.' || c == '?' || c == '!' || c == '\n') {
      endOfSentence();
    }
  }

  private void endOfSentence() {
    longestSentence = Math.max(longestSentence, sentence);
    sentence = 0;
  }

  private double[] values(String text) {
    double all = Math.max(1, words);
    return new double[] {
      Math.log1p(text.length()),
      Math.log1p(words),
      Math.log1p(numbers),
      numbers / all,
      letters / all,
      longWords / all,
      Math.log1p(lines),
      Math.log1p(questions),
      Math.log1p(operators),
      Math.log1p(dollars),
      Math.log1p(brackets),
      text.contains("\nA. ") || text.contains("\n(A)") ? 1 : 0,
      distinct.size() / all,
      Math.log1p(commas),
      Math.log1p(longestSentence),
      capitals / all,
      negation ? 1 : 0,
      foreign ? 1 : 0
    };
  }
}
