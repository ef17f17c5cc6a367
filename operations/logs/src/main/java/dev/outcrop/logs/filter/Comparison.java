package dev.outcrop.logs.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A comparison with a number or a text. Numbers compare with numbers, texts with texts, in which an
 * asterisk stands for anything; a value of the other kind is unequal.
 */
final class Comparison {
  private Comparison() {}

  static Predicate<JsonNode> read(Scanner in) {
    String operator =
        Arrays.asList("!=", ">=", "<=", "=", ">", "<").stream()
            .filter(in::take)
            .findFirst()
            .orElseThrow(() -> in.problem("expected =, !=, <, >, <=, >=, IS or NOT EXISTS"));
    in.skipSpaces();
    if (in.sees('%')) {
      Predicate<String> regex = in.regex();
      return equality(in, operator, value -> value.isValueNode() && regex.test(value.asText()));
    }
    if (in.sees('"')) {
      return equality(in, operator, text(in.quoted()));
    }
    String word = in.run(c -> !Character.isWhitespace(c) && "(){}&|\"%".indexOf(c) < 0);
    if (word.isEmpty()) {
      throw in.problem("expected a number or a text");
    }
    BigDecimal number = number(word);
    return number == null ? equality(in, operator, text(word)) : number(operator, number);
  }

  private static BigDecimal number(String word) {
    if (!word.matches("[+-]?(\\d{1,30}(\\.\\d{0,30})?|\\.\\d{1,30})([eE][+-]?\\d{1,3})?")) {
      return null;
    }
    return new BigDecimal(word);
  }

  private static Predicate<JsonNode> equality(
      Scanner in, String operator, Predicate<JsonNode> equal) {
    return switch (operator) {
      case "=" -> equal;
      case "!=" -> equal.negate();
      default -> throw in.problem(operator + " compares with numbers alone");
    };
  }

  private static Predicate<JsonNode> text(String wanted) {
    if (wanted.indexOf('*') < 0) {
      return value -> value.isValueNode() && value.asText().equals(wanted);
    }
    Pattern pattern =
        Pattern.compile(
            Arrays.stream(wanted.split("\\*", -1))
                .map(Pattern::quote)
                .collect(Collectors.joining(".*")),
            Pattern.DOTALL);
    return value -> value.isValueNode() && pattern.matches(value.asText());
  }

  private static Predicate<JsonNode> number(String operator, BigDecimal number) {
    IntPredicate holds =
        switch (operator) {
          case "=" -> order -> order == 0;
          case "!=" -> order -> order != 0;
          case ">" -> order -> order > 0;
          case ">=" -> order -> order >= 0;
          case "<" -> order -> order < 0;
          default -> order -> order <= 0;
        };
    boolean otherwise = operator.equals("!=");
    return value ->
        value.isNumber()
            ? holds.test(value.decimalValue().compareTo(number))
            : otherwise && value.isValueNode();
  }
}
