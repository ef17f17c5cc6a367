package dev.outcrop.models.llama.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outcrop.models.llama.grammar.Walk;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Schemas of which a grammar tells the most part, and the check of the rest. */
final class ChecksTest {

  static Stream<String> checked() throws IOException {
    return Validity.JSON
        .readTree(ChecksTest.class.getResource("checked.json"))
        .valueStream()
        .map(Object::toString);
  }

  /** Each has valid texts that the grammar knows, and the check finds exactly those. */
  @ParameterizedTest
  @MethodSource("checked")
  void aCheckFindsWhatAGrammarCannotTell(String schema) {
    JsonNode parsed = Validity.parse(schema);
    Grammars.Made made = Grammars.value(parsed);
    assertThat(made.exact()).isFalse();
    Check check = Check.of(parsed);
    Random random = new Random(5);
    int valid = 0;
    for (int i = 0; i < 300; i++) {
      String text = Walk.random(made.grammar(), random);
      boolean found = check.fault(text).isEmpty();
      valid += found ? 1 : 0;
      if (found) {
        assertThat(Validity.validator(schema).validate(Validity.parse(text))).as(text).isEmpty();
      }
    }
    boolean impossible = schema.contains("\"maxContains\":1,\"minContains\":2");
    assertThat(valid).isBetween(impossible ? 0 : 1, impossible ? 0 : 300);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      quoteCharacter = '~',
      textBlock =
          """
          {"uniqueItems":true} | [1, 1.0] | true
          {"uniqueItems":true} | [{"a":1,"b":2}, {"b":2,"a":1.0}] | true
          {"uniqueItems":true} | [[1],[2]] | false
          {"const":{"a":[1]}} | {"a":[1.0]} | false
          {"pattern":"^(a|b)\\\\1$"} | "aa" | false
          {"pattern":"^(a|b)\\\\1$"} | "ab" | true
          {"pattern":"(?<!x)y$"} | "xy" | true
          {"pattern":"^(?<n>[$])\\\\k<n>$"} | "$$" | false
          {"type":"object","minProperties":2} | {"a":1,"a":2} | true
          """)
  void valuesAreWhatTheyAreHoweverWritten(String schema, String text, boolean wrong) {
    assertThat(Check.of(Validity.parse(schema)).fault(text).isPresent()).isEqualTo(wrong);
  }

  @Test
  void saysWhereTheFaultIs() {
    Check check =
        Check.of(
            Validity.parse(
                "{\"properties\":{\"a/b\":{\"items\":{\"multipleOf\":7}},\"c\":{\"const\":1}}}"));
    Check.Fault one = check.fault("{\"a/b\": [7, 8], \"c\": 1}").orElseThrow();
    Check.Fault two = check.fault("{\"a/b\": [7, 8], \"c\": 2}").orElseThrow();

    assertThat(one.path()).isEqualTo(List.of("a/b", "1"));
    assertThat(one.reason()).contains("7");
    assertThat(two.path()).isEmpty();
    assertThat(Places.before("{\"a/b\": [7, 8], \"c\": 1}", one.path())).isEqualTo(12);
    assertThat(Places.before("{\"x\": {\"a\":[]}}", List.of("x", "b"))).isEqualTo(6);
    assertThat(Places.before("[[0],[1,\"é\",{\"k\":null}]]", List.of("1", "2", "k"))).isEqualTo(17);
  }

  @Test
  @Timeout(10)
  void aPatternThatBacktracksForEverIsGivenUp() {
    Check check = Check.of(Validity.parse("{\"pattern\":\"^(?:(a+)+\\\\1?)+$\"}"));

    assertThat(check.fault("\"" + "a".repeat(60) + "!\"").orElseThrow().reason())
        .contains("takes too long");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      quoteCharacter = '~',
      textBlock =
          """
          {"not":{"items":{"$ref":"https://example.com/s.json"}}} | example.com
          """)
  void nothingIsFetched(String schema, String word) {
    assertThatThrownBy(() -> Check.of(Validity.parse(schema)))
        .isInstanceOf(SchemaException.class)
        .hasMessageContaining(word);
  }
}
