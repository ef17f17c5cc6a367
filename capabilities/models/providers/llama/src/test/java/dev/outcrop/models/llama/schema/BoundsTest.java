package dev.outcrop.models.llama.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Short schemas that mean much: what they take is bounded, in making a check and in using it. */
@Timeout(60)
final class BoundsTest {

  @Test
  void referencesThatDouble() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    ObjectNode definitions = schema.putObject("$defs");
    for (int i = 0; i < 60; i++) {
      ObjectNode one = definitions.putObject("a" + i);
      one.withArray("allOf").addObject().put("$ref", "#/$defs/a" + (i + 1));
      one.withArray("allOf").addObject().put("$ref", "#/$defs/a" + (i + 1));
    }
    definitions.putObject("a60").put("uniqueItems", true);
    schema.put("$ref", "#/$defs/a0");

    assertThatThrownBy(() -> Check.of(schema))
        .isInstanceOf(SchemaException.class)
        .hasMessageContaining("too many schemas");
  }

  @Test
  void referencesThatDoubleWithTheValue() {
    Check check =
        Check.of(
            Validity.parse(
                "{\"properties\":{\"x\":{\"allOf\":[{\"$ref\":\"#\"},{\"$ref\":\"#\",\"title\":\"t\"}]}}}"));
    assertThat(check.fault("{\"x\":{\"x\":{\"x\":1}}}")).isEmpty();
    String deep = "{\"x\":".repeat(60) + "1" + "}".repeat(60);
    assertThat(check.fault(deep).orElseThrow().reason()).contains("too much work");
  }

  @Test
  void aSchemaThatIsItselfAgain() {
    Check check = Check.of(Validity.parse("{\"allOf\":[{\"$ref\":\"#\"}],\"uniqueItems\":true}"));
    assertThat(check.fault("[1]")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "^(((a{1000}){1000}){1000})$",
        "^(([a-z]{0,900}){0,900}b){0,50}$",
        "^((a?){1000}){50}$",
        "^(ab)(\\1\\1)(\\2\\2)(\\3\\3)(\\4\\4)(\\5\\5)(\\6\\6)(\\7\\7)(\\8\\8)(\\9\\9)(\\10\\10)"
            + "(\\11\\11)(\\12\\12)(\\13\\13)(\\14\\14)(\\15\\15)(\\16\\16)(\\17\\17)(\\18\\18)"
            + "(\\19\\19)(\\20\\20)(\\21\\21)(\\22\\22)(\\23\\23)(\\24\\24)(\\25\\25)$",
      })
  void patternsThatMultiply(String pattern) {
    assertThat(Budget.within(() -> Regex.of(pattern)).exact()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"enum\":[1e999999999]}",
        "{\"const\":{\"a\":[-1e-999999999]},\"uniqueItems\":true}",
        "{\"maximum\":1e2147483647}",
      })
  void numbersThatAreTooLong(String schema) {
    assertThatThrownBy(() -> Check.of(Validity.parse(schema)))
        .isInstanceOf(SchemaException.class)
        .hasMessageContaining("number");
    assertThatThrownBy(() -> Grammars.value(Validity.parse(schema)))
        .isInstanceOf(SchemaException.class);
  }

  @Test
  void aNumberThatIsTooLongIsNoValue() {
    Check check = Check.of(Validity.parse("{\"enum\":[1]}"));
    assertThat(check.fault("1e999999999").orElseThrow().reason()).contains("number");
  }

  @Test
  void patternsOfOtherTypesAreBoundedToo() {
    String looks = "(?=.*a)(?=.*b)(?=.*c)";
    String pattern = "^(?:(?:(?:%s.){16}){16}){16}$".formatted(looks);
    ObjectNode schema =
        JsonNodeFactory.instance.objectNode().put("type", "integer").put("pattern", pattern);

    assertThatThrownBy(() -> Check.of(schema)).isInstanceOf(SchemaException.class);
  }

  @Test
  void aPatternThatGoesTooDeepIsAFault() {
    Check check = Check.of(Validity.parse("{\"pattern\":\"^(?:a|b|(c)\\\\1)*(d)\\\\2$\"}"));

    assertThat(check.fault("\"" + "ab".repeat(10_000) + "dd\"")).isPresent();
    assertThat(check.fault("\"abccdd\"")).isEmpty();
  }

  @Test
  void differingItemsAreSaidOfArraysAlone() {
    Check check =
        Check.of(Validity.parse("{\"type\":[\"object\",\"array\"],\"uniqueItems\":true}"));

    assertThat(check.fault("{\"a\":1,\"b\":1}")).isEmpty();
    assertThat(check.fault("[1,1]")).isPresent();
  }

  @Test
  void anUnknownDialectIsReadAsTheLatest() {
    Check check =
        Check.of(
            Validity.parse("{\"$schema\":\"https://example.com/other\",\"uniqueItems\":true}"));

    assertThat(check.fault("[1,1]")).isPresent();
    assertThat(check.fault("[1,2]")).isEmpty();
  }
}
