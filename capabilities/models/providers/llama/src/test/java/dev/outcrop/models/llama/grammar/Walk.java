package dev.outcrop.models.llama.grammar;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A text of a grammar, byte by byte at random: what a model that knows nothing would write. */
public final class Walk {
  private static final int LONG = 400;

  private Walk() {}

  /** A text; after some length it takes what closes whenever it may. */
  public static String random(Grammar grammar, Random random) {
    Matcher matcher = new Matcher(grammar);
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    while (!matcher.finished()) {
      if (matcher.complete() && random.nextInt(4) == 0) {
        break;
      }
      List<Integer> values = possible(matcher);
      if (values.isEmpty()) {
        throw new AssertionError("nothing may follow " + text);
      }
      int value = values.get(random.nextInt(values.size()));
      List<Integer> closing = values.stream().filter(v -> "\"]}".indexOf(v) >= 0).toList();
      if (text.size() > LONG && !closing.isEmpty()) {
        value = closing.get(random.nextInt(closing.size()));
      }
      boolean unused = matcher.accept(value);
      text.write(value);
      if (text.size() > 10_000) {
        throw new AssertionError("no end: " + text.toString(StandardCharsets.UTF_8));
      }
    }
    return text.toString(StandardCharsets.UTF_8);
  }

  public static boolean accepts(Grammar grammar, String text) {
    Matcher matcher = new Matcher(grammar);
    return matcher.accept(text.getBytes(StandardCharsets.UTF_8)) && matcher.complete();
  }

  private static List<Integer> possible(Matcher matcher) {
    List<Integer> values = new ArrayList<>();
    Matcher.Mark here = matcher.mark();
    for (int value = 0; value < 256; value++) {
      if (matcher.accept(value)) {
        values.add(value);
        matcher.reset(here);
      }
    }
    return values;
  }
}
