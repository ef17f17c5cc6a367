package dev.outcrop.models.llama.schema;

import com.networknt.schema.regex.RegularExpression;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.lucene.util.automaton.Operations;

/**
 * Whether a string fits a pattern, in bounded time: by an automaton, or by the JDK's engine, which
 * is stopped when it tries too much.
 */
final class Matching {
  private static final int MOST_STEPS = 2_000_000;

  private Matching() {}

  /** The engine tried too much. */
  static final class TooLong extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooLong(String pattern) {
      super("the pattern " + pattern + " takes too long to match");
    }
  }

  static RegularExpression of(String pattern) {
    Regex regex = Regex.of(pattern);
    if (regex.exact()) {
      return text -> Operations.run(regex.language(), text);
    }
    try {
      // In ECMAScript a dollar is the very end.
      Pattern compiled = Pattern.compile(pattern.replaceAll("(?<!\\\\)\\$(?![^\\[]*\\])", "\\\\z"));
      return text -> compiled.matcher(new Counted(text, new int[1], pattern)).find();
    } catch (PatternSyntaxException e) {
      throw new SchemaException("the pattern " + pattern + " " + e.getDescription());
    }
  }

  /** A text that counts how often it is looked at. */
  private record Counted(String text, int[] steps, String pattern) implements CharSequence {
    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      if (++steps[0] > MOST_STEPS) {
        throw new TooLong(pattern);
      }
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.subSequence(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
