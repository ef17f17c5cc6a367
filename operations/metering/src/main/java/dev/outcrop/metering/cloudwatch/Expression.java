package dev.outcrop.metering.cloudwatch;

import dev.outcrop.metering.cloudwatch.MathFunctions.Filling;
import dev.outcrop.metering.cloudwatch.MathValue.Scalar;
import dev.outcrop.metering.cloudwatch.MathValue.Several;
import dev.outcrop.metering.cloudwatch.MathValue.TimeSeries;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Metric math: reads an expression and computes it as it goes. Numbers, ids of other queries,
 * {@code + - * / ^}, comparisons, {@code AND} and {@code OR}, arrays in brackets, {@code
 * METRICS()}, and {@link MathFunctions}.
 */
final class Expression {
  private static final int DEEPEST = 50;

  private final String text;
  private final Function<String, MathValue> ids;
  private final Supplier<List<TimeSeries>> metrics;
  private final MathFunctions functions;
  private int at;
  private int depth;

  /**
   * @param ids what other queries came to
   * @param metrics the queries that are metrics, for METRICS()
   */
  Expression(
      String text,
      Function<String, MathValue> ids,
      Supplier<List<TimeSeries>> metrics,
      MathFunctions functions) {
    this.text = text;
    this.ids = ids;
    this.metrics = metrics;
    this.functions = functions;
  }

  MathValue compute() {
    MathValue value = either();
    skip();
    if (at < text.length()) {
      throw wrong("nothing more");
    }
    return value;
  }

  private MathValue either() {
    if (++depth > DEEPEST) {
      throw Errors.invalid("The expression is too deep: " + text);
    }
    MathValue value = both();
    while (takes("||") || takesWord("OR")) {
      value = MathValue.combine(value, both(), (a, b) -> a != 0 || b != 0 ? 1 : 0);
    }
    depth--;
    return value;
  }

  private MathValue both() {
    MathValue value = comparison();
    while (takes("&&") || takesWord("AND")) {
      value = MathValue.combine(value, comparison(), (a, b) -> a != 0 && b != 0 ? 1 : 0);
    }
    return value;
  }

  private MathValue comparison() {
    MathValue left = sum();
    DoubleBinaryOperator operator =
        takes("<=")
            ? (a, b) -> a <= b ? 1 : 0
            : takes(">=")
                ? (a, b) -> a >= b ? 1 : 0
                : takes("==")
                    ? (a, b) -> a == b ? 1 : 0
                    : takes("!=")
                        ? (a, b) -> a != b ? 1 : 0
                        : takes("<")
                            ? (a, b) -> a < b ? 1 : 0
                            : takes(">") ? (a, b) -> a > b ? 1 : 0 : null;
    return operator == null ? left : MathValue.combine(left, sum(), operator);
  }

  private MathValue sum() {
    MathValue value = product();
    while (true) {
      if (takes("+")) {
        value = MathValue.combine(value, product(), Double::sum);
      } else if (takes("-")) {
        value = MathValue.combine(value, product(), (a, b) -> a - b);
      } else {
        return value;
      }
    }
  }

  private MathValue product() {
    MathValue value = power();
    while (true) {
      if (takes("*")) {
        value = MathValue.combine(value, power(), (a, b) -> a * b);
      } else if (takes("/")) {
        value = MathValue.combine(value, power(), (a, b) -> a / b);
      } else {
        return value;
      }
    }
  }

  private MathValue power() {
    if (takes("-")) {
      return MathValue.map(power(), a -> -a);
    }
    MathValue value = atom();
    return takes("^") ? MathValue.combine(value, power(), Math::pow) : value;
  }

  private MathValue atom() {
    skip();
    if (takes("(")) {
      MathValue value = either();
      expect(")");
      return value;
    }
    if (takes("[")) {
      return new Several(list("]").stream().map(this::series).toList());
    }
    char next = at < text.length() ? text.charAt(at) : ' ';
    if (Character.isDigit(next) || next == '.') {
      return new Scalar(number());
    }
    String word = word();
    if (word.isEmpty()) {
      throw wrong("a number, an id or a function");
    }
    return takes("(") ? call(word.toUpperCase(Locale.ROOT)) : ids.apply(word);
  }

  private MathValue call(String function) {
    if (function.equals("METRICS")) {
      expect(")");
      return new Several(metrics.get());
    }
    if (function.equals("FILL")) {
      MathValue of = either();
      expect(",");
      for (Filling how : Filling.values()) {
        if (takesWord(how.name())) {
          expect(")");
          return functions.fill(of, how);
        }
      }
      MathValue with = either();
      expect(")");
      return functions.fill(of, with);
    }
    return functions.call(function, list(")"));
  }

  private List<MathValue> list(String end) {
    List<MathValue> list = new ArrayList<>();
    do {
      list.add(either());
    } while (takes(","));
    expect(end);
    return list;
  }

  private TimeSeries series(MathValue value) {
    if (value instanceof TimeSeries series) {
      return series;
    }
    throw Errors.invalid("An array holds time series, not a " + value.kind() + ": " + text);
  }

  private double number() {
    int start = at;
    while (at < text.length() && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
      at++;
    }
    try {
      return Double.parseDouble(text.substring(start, at));
    } catch (NumberFormatException e) {
      throw Errors.invalid("Not a number: " + text.substring(start, at));
    }
  }

  private String word() {
    int start = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
      at++;
    }
    return text.substring(start, at);
  }

  private boolean takesWord(String word) {
    skip();
    int end = at + word.length();
    boolean ends =
        end >= text.length()
            || !Character.isLetterOrDigit(text.charAt(end)) && text.charAt(end) != '_';
    if (ends && text.regionMatches(true, at, word, 0, word.length())) {
      at = end;
      return true;
    }
    return false;
  }

  private boolean takes(String symbol) {
    skip();
    if (text.startsWith(symbol, at)) {
      at += symbol.length();
      return true;
    }
    return false;
  }

  private void expect(String symbol) {
    if (!takes(symbol)) {
      throw wrong("'" + symbol + "'");
    }
  }

  private void skip() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private RuntimeException wrong(String expected) {
    return Errors.invalid(
        "Error in expression '%s' at position %d: expected %s.".formatted(text, at, expected));
  }
}
