package dev.outcrop.models.llama.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outcrop.models.llama.grammar.Grammar;
import dev.outcrop.models.llama.grammar.Walk;
import java.io.IOException;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class GrammarsTest {

  static Stream<String> schemas() throws IOException {
    return Stream.concat(read("schemas.json"), read("round.json"));
  }

  private static Stream<String> read(String resource) throws IOException {
    return Validity.JSON
        .readTree(GrammarsTest.class.getResource(resource))
        .valueStream()
        .map(Object::toString);
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void writesOnlyWhatIsValid(String schema) {
    Validity.check(schema, 60, new Random(schema.hashCode()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      quoteCharacter = '~',
      textBlock =
          """
          {"type":"integer","minimum":-5,"maximum":17} | -5 0 17 | -6 18 1.5 007
          {"type":"number","minimum":0.25,"exclusiveMaximum":10.5} | 0.25 3 10.4999 9.75 | 0.2 10.5 10.50 11
          {"type":"number","minimum":-1.5,"maximum":-0.5} | -1.5 -1 -0.50 | -1.51 0 -0.4 1
          {"type":"integer","multipleOf":7,"minimum":100} | 105 700 | 98 101
          {"type":"number","multipleOf":0.25} | 0.25 1.5 3 -0.75 | 0.3 0.125
          {"enum":["a",1,null,true]} | "a" 1 null true | "b" 2 false
          {"type":["string","null"]} | null "x" | 1 {}
          {"type":"string","pattern":"^a[bc]{2,3}$"} | "abc" "acbb" | "ab" "xabc" "abcbc"
          {"type":"string","pattern":"ab"} | "ab" "xxabyy" | "ba"
          {"type":"string","pattern":"^\\\\p{Lu}\\\\d+$"} | "É12" "A1" | "a1" "A"
          {"type":"string","pattern":"^a{2}{$|^}b]$"} | "aa{" "}b]" | "aa" "{"
          {"type":"string","pattern":"^(?=.*\\\\d)(?!.*x)[a-z\\\\d]{3}$"} | "ab1" "1ba" | "abc" "1ax" "1a"
          {"oneOf":[{"type":"integer"},{"type":"number","minimum":5}]} | 3 5.5 -7 | 5 6.0
          {"type":"array","contains":{"const":1},"maxContains":1,"prefixItems":[{"enum":[1,2]},{"enum":[1,2]}]} | [1,2] [2,1] [1,2,"x"] | [1,1] [2,2] []
          {"type":"integer","multipleOf":2500} | 2500 -5000 0 | 250 2501
          {"type":"string","format":"email"} | "Bob.Lee+x@Example.co.uk" | "bob" "a@b"
          {"type":"string","format":"uri"} | "https://example.com:8080/a/b.html?q=1&r=%20#top" "mailto:bob@example.com" | "example.com"
          {"type":"string","minLength":2,"maxLength":3} | "ab" "é漢字" "\\n\\"" | "a" "abcd"
          {"type":"string","format":"date"} | "2024-02-28" "1999-12-31" | "2024-13-01" "2024-04-31"
          {"type":"array","items":{"enum":[1,2,3]},"uniqueItems":true,"minItems":2} | [1,2] [3,1,2] | [1,1] [1]
          {"type":"array","items":{"type":"string"},"uniqueItems":true} | ["a","b"] ["a","aa"] [] | ["a","a"]
          {"type":"array","prefixItems":[{"type":"integer"},{"type":"null"}],"items":false} | [1] [1,null] [] | [1,null,2] [null]
          {"type":"object","properties":{"a":{},"b":{}},"required":["b"]} | {"b":1} {"a":[],"b":{"x":1}} | {"a":1} {"b":1,"c":2} {}
          {"type":"object","additionalProperties":{"type":"integer"}} | {} {"x":1} {"x":1,"y":2} | {"x":"y"}
          {"allOf":[{"type":"integer"},{"minimum":3}],"maximum":5} | 3 4 5 | 2 6
          {"not":{"enum":[3]},"type":"integer","minimum":2,"maximum":4} | 2 4 | 3
          """)
  void knowsWhatIsValid(String schema, String valid, String invalid) {
    Grammar grammar = Grammars.value(Validity.parse(schema)).grammar();

    assertThat(valid.split(" ")).allMatch(text -> Walk.accepts(grammar, text));
    assertThat(invalid.split(" ")).noneMatch(text -> Walk.accepts(grammar, text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      quoteCharacter = '~',
      textBlock =
          """
          {"type":"integer","minimum":3,"maximum":2} | no value fulfils it
          {"enum":[]} | no value fulfils it
          {"$ref":"#/$defs/x","$defs":{"x":{"type":"object","properties":{"n":{"$ref":"#/$defs/x"}},"required":["n"]}}} | no value fulfils it
          {"$ref":"#/$defs/missing"} | points to nothing
          {"$ref":"https://example.com/schema"} | points to nothing
          {"type":"string","pattern":"(?=a)b"} | no value fulfils it
          {"type":"string","pattern":"(a"} | unclosed
          {"type":"string","pattern":"\\\\2(a)"} | a group that it does not have
          {"type":"array","contains":{},"minContains":2,"maxItems":1} | no value fulfils it
          {"not":{}} | no value fulfils it
          {"type":"text"} | type must be one of
          {"type":"string","minLength":"x"} | minLength must be a whole number
          """)
  void refusesWhatIsWrongOrImpossible(String schema, String why) {
    assertThatThrownBy(() -> Grammars.value(Validity.parse(schema)))
        .isInstanceOf(SchemaException.class)
        .hasMessageContaining(why);
  }
}
