package dev.outcrop.models.llama.schema;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Operations;

/** Decimal numbers within bounds, as the texts that JSON writes them with. */
final class Numbers {
  private static final int FRACTION = 6;
  private static final int DIGITS = 15;

  /** No number that is written here is farther from zero, but where a bound says so. */
  private static final BigDecimal FARTHEST = BigDecimal.TEN.pow(DIGITS);

  private static final int MOST_REMAINDERS = 10_000;
  private static final int MOST_DECIMALS = 12;
  private static final Automaton DIGIT = Automata.makeCharRange('0', '9');
  private static final Automaton WHOLE = Regex.of("^-?[0-9]+(\\.0*)?$").language();
  private static final Automaton ANY_DIGITS = Operations.repeat(DIGIT);

  private BigDecimal low;
  private boolean lowIn = true;
  private BigDecimal high;
  private boolean highIn = true;
  private final List<BigDecimal> divisors = new ArrayList<>();
  private final List<BigDecimal> excluded = new ArrayList<>();
  private Automaton multiples;
  private boolean fractions;

  void atLeast(BigDecimal least, boolean inclusive) {
    BigDecimal bound = least.max(FARTHEST.negate());
    int order = low == null ? 1 : bound.compareTo(low);
    if (order > 0 || (order == 0 && !inclusive)) {
      low = bound;
      lowIn = inclusive;
    }
  }

  void atMost(BigDecimal most, boolean inclusive) {
    BigDecimal bound = most.min(FARTHEST);
    int order = high == null ? -1 : bound.compareTo(high);
    if (order < 0 || (order == 0 && !inclusive)) {
      high = bound;
      highIn = inclusive;
    }
  }

  /** Takes whole numbers out. */
  void fractions() {
    fractions = true;
  }

  /** Takes a number out. */
  void except(BigDecimal value) {
    excluded.add(value);
  }

  /** Whether a number is one of them. */
  boolean contain(BigDecimal value) {
    int above = low == null ? 1 : value.compareTo(low);
    int below = high == null ? -1 : value.compareTo(high);
    return (above > 0 || (above == 0 && lowIn))
        && (below < 0 || (below == 0 && highIn))
        && !(fractions && value.stripTrailingZeros().scale() <= 0)
        && divisors.stream().allMatch(d -> value.remainder(d).signum() == 0);
  }

  /**
   * Adds a divisor.
   *
   * @return whether it is one that an automaton can count with; else it is left out
   */
  boolean multipleOf(BigDecimal divisor) {
    int scale = Math.max(0, divisor.stripTrailingZeros().scale());
    BigInteger whole = divisor.movePointRight(scale).toBigIntegerExact();
    if (divisor.signum() <= 0) {
      throw new SchemaException("multipleOf must be more than zero");
    }
    divisors.add(divisor);
    if (scale > MOST_DECIMALS || whole.bitLength() > 31 || whole.intValue() > MOST_REMAINDERS) {
      return false;
    }
    Automaton texts = multiples(whole.intValue(), scale);
    multiples = multiples == null ? texts : Languages.intersect(multiples, texts);
    return true;
  }

  /** Digits, and after a point at most as many as the divisor has, by their remainder. */
  private static Automaton multiples(int divisor, int scale) {
    Automaton.Builder out = new Automaton.Builder();
    int start = out.createState();
    int[][] states = new int[scale + 1][divisor];
    int[] points = new int[divisor];
    for (int fraction = 0; fraction <= scale; fraction++) {
      long left = BigInteger.TEN.pow(scale - fraction).longValueExact();
      for (int rest = 0; rest < divisor; rest++) {
        states[fraction][rest] = out.createState();
        out.setAccept(states[fraction][rest], rest * left % divisor == 0);
      }
    }
    for (int rest = 0; rest < divisor && scale > 0; rest++) {
      points[rest] = out.createState();
      out.addTransition(states[0][rest], points[rest], '.');
    }
    for (int digit = 0; digit < 10; digit++) {
      out.addTransition(start, states[0][digit % divisor], '0' + digit);
      for (int rest = 0; rest < divisor; rest++) {
        int then = (rest * 10 + digit) % divisor;
        out.addTransition(states[0][rest], states[0][then], '0' + digit);
        if (scale > 0) {
          out.addTransition(points[rest], states[1][then], '0' + digit);
        }
        for (int fraction = 1; fraction < scale; fraction++) {
          out.addTransition(states[fraction][rest], states[fraction + 1][then], '0' + digit);
        }
      }
    }
    return out.finish();
  }

  /** The texts of all of them. */
  Automaton language(boolean integer) {
    Automaton left = bounded(integer);
    List<Automaton> texts = new ArrayList<>();
    for (BigDecimal value : excluded) {
      String sign = value.signum() < 0 ? "-" : "";
      String digits = value.abs().stripTrailingZeros().toPlainString();
      String zeros = digits.contains(".") ? "0*" : "(\\.0*)?";
      texts.add(Regex.of("^" + sign + digits.replace(".", "\\.") + zeros + "$").language());
    }
    if (!texts.isEmpty()) {
      left = Languages.minus(left, Operations.union(texts));
    }
    return fractions ? Languages.minus(left, WHOLE) : left;
  }

  private Automaton bounded(boolean integer) {
    if (low == null && high == null && multiples == null) {
      // An exponent would be one more way to write a number that is taken out.
      boolean plain = integer || fractions || !excluded.isEmpty();
      return plain ? signed(form(integer, DIGITS)) : free();
    }
    int digits = DIGITS;
    for (BigDecimal bound : new BigDecimal[] {low, high}) {
      if (bound != null) {
        digits = Math.max(digits, bound.toBigInteger().toString().length() + 1);
      }
    }
    if (digits > 60) {
      throw new SchemaException("a bound of a number in it has too many digits");
    }
    Automaton form = form(integer, digits);
    Automaton positive = between(form, low, lowIn, high, highIn);
    Automaton negative =
        between(form, high == null ? null : high.negate(), highIn, negate(low), lowIn);
    // Not -0: it is 0.
    Automaton nonzero = Languages.minus(negative, zeros());
    return Languages.union(positive, Languages.concat(Automata.makeChar('-'), nonzero));
  }

  private static BigDecimal negate(BigDecimal value) {
    return value == null ? null : value.negate();
  }

  private static Automaton zeros() {
    return Regex.of("^0(\\.0*)?$").language();
  }

  private Automaton between(
      Automaton form, BigDecimal from, boolean fromIn, BigDecimal to, boolean toIn) {
    Automaton result = multiples == null ? form : Languages.intersect(form, multiples);
    if (from != null && from.signum() >= 0) {
      result = Languages.intersect(result, above(from, fromIn));
    }
    if (to != null) {
      result = to.signum() < 0 ? Automata.makeEmpty() : Languages.minus(result, above(to, !toIn));
    }
    return result;
  }

  private static Automaton form(boolean integer, int digits) {
    Automaton whole =
        Languages.union(
            Automata.makeChar('0'),
            Languages.concat(
                Automata.makeCharRange('1', '9'), Operations.repeat(DIGIT, 0, digits - 1)));
    return integer
        ? Languages.simple(whole)
        : Languages.simple(
            Languages.concat(
                whole,
                Operations.optional(
                    Languages.concat(
                        Automata.makeChar('.'), Operations.repeat(DIGIT, 1, FRACTION)))));
  }

  private static Automaton free() {
    Automaton exponent =
        Languages.concat(
            Automata.makeCharRange('e', 'e'),
            Operations.optional(Automata.makeChar('-')),
            Automata.makeCharRange('1', '9'),
            Operations.optional(DIGIT));
    return signed(Languages.concat(form(false, DIGITS), Operations.optional(exponent)));
  }

  /** Not -0: it is 0. */
  private static Automaton signed(Automaton form) {
    Automaton nonzero = Languages.minus(form, zeros());
    return Languages.union(form, Languages.concat(Automata.makeChar('-'), nonzero));
  }

  /** Texts of numbers, leading zeros apart, that are greater than the bound or equal to it. */
  private static Automaton above(BigDecimal bound, boolean inclusive) {
    String whole = bound.toBigInteger().toString();
    BigDecimal fraction = bound.subtract(new BigDecimal(bound.toBigInteger())).stripTrailingZeros();
    String digits = fraction.signum() == 0 ? "" : fraction.toPlainString().substring(2);
    Automaton tail = Operations.optional(Languages.concat(Automata.makeChar('.'), ANY_DIGITS));
    Automaton greater = Languages.concat(greater(whole), tail);
    Automaton longer =
        Languages.concat(
            Automata.makeCharRange('1', '9'), Operations.repeat(DIGIT, whole.length()), tail);
    Automaton same =
        Languages.concat(
            Automata.makeString(whole),
            Languages.concat(Automata.makeChar('.'), fraction(digits, 0, inclusive)));
    Automaton bare =
        digits.isEmpty() && inclusive ? Automata.makeString(whole) : Automata.makeEmpty();
    return Languages.simple(Languages.union(greater, longer, same, bare));
  }

  /** Digits of the same number that are more. */
  private static Automaton greater(String digits) {
    Automaton result = Automata.makeEmpty();
    for (int i = 0; i < digits.length(); i++) {
      char digit = digits.charAt(i);
      if (digit < '9') {
        Automaton here =
            Languages.concat(
                Automata.makeString(digits.substring(0, i)),
                Automata.makeCharRange(digit + 1, '9'),
                Operations.repeat(DIGIT, digits.length() - i - 1, digits.length() - i - 1));
        result = Languages.union(result, here);
      }
    }
    return result;
  }

  private static Automaton fraction(String digits, int at, boolean inclusive) {
    if (at == digits.length()) {
      return inclusive
          ? ANY_DIGITS
          : Languages.concat(ANY_DIGITS, Automata.makeCharRange('1', '9'), ANY_DIGITS);
    }
    char digit = digits.charAt(at);
    Automaton same =
        Languages.concat(Automata.makeChar(digit), fraction(digits, at + 1, inclusive));
    return digit == '9'
        ? same
        : Languages.union(
            same, Languages.concat(Automata.makeCharRange(digit + 1, '9'), ANY_DIGITS));
  }
}
