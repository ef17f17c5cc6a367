package dev.outcrop.models.llama.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.llama.grammar.Walk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Large schemas are followed, followed less closely, or refused; none takes for ever. */
@Timeout(60)
final class LimitsTest {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  @Test
  void manyValues() {
    ObjectNode schema = JSON.objectNode();
    ArrayNode values = schema.putArray("enum");
    for (int i = 0; i < 2000; i++) {
      values.add("value-" + i);
    }
    ObjectNode others = JSON.objectNode().put("type", "string").set("not", schema);
    ObjectNode unique = JSON.objectNode().put("type", "array").put("uniqueItems", true);

    assertThat(Walk.accepts(Grammars.value(schema).grammar(), "\"value-1999\"")).isTrue();
    assertThat(Walk.accepts(Grammars.value(others).grammar(), "\"value-1999\"")).isFalse();
    assertThat(Walk.accepts(Grammars.value(others).grammar(), "\"value-2000\"")).isTrue();
    assertThat(Grammars.value(unique.set("items", schema)).exact()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"64, true", "5000, false"})
  void deepOnes(int depth, boolean taken) {
    ObjectNode schema = JSON.objectNode().put("type", "string");
    for (int i = 0; i < depth; i++) {
      ObjectNode outer = JSON.objectNode().put("type", "object");
      outer.putObject("properties").set("p", schema);
      outer.putArray("required").add("p");
      schema = outer;
    }
    ObjectNode deep = schema;
    if (taken) {
      assertThat(Grammars.value(deep).exact()).isTrue();
    } else {
      assertThatThrownBy(() -> Grammars.value(deep))
          .isInstanceOf(SchemaException.class)
          .hasMessageContaining("nested too deeply");
    }
  }

  @Test
  void manyAlternatives() {
    ObjectNode told = JSON.objectNode();
    ObjectNode overlapping = JSON.objectNode();
    for (int i = 0; i < 100; i++) {
      ObjectNode one = told.withArray("oneOf").addObject().put("type", "object");
      one.putObject("properties").putObject("kind").put("const", "k" + i);
      one.putArray("required").add("kind");
      overlapping.withArray("oneOf").addObject().putArray("required").add("v" + i % 20);
    }
    assertThat(Grammars.value(told).exact()).isTrue();
    assertThat(Grammars.value(overlapping.put("type", "object")).exact()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "^(?=.*a)(?=.*b)(?=.*c)(?=.*d)(?=.*e)(?=.*f)(?=.*g)(?=.*h).{8,64}$",
        "a.{20}b.{20}c",
        "^[\\p{L}\\p{N} ]{1,200}$",
      })
  void patternsThatAreTooMuchAreChecked(String pattern) {
    ObjectNode schema = JSON.objectNode().put("type", "string").put("pattern", pattern);

    assertThat(Grammars.value(schema).exact()).isFalse();
    assertThat(Check.of(schema).fault("\"-\"")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"integer\",\"minimum\":-1e300,\"maximum\":1.7976931348623157e308}",
        "{\"type\":\"array\",\"minItems\":100000,\"items\":{\"type\":\"string\",\"minLength\":100000}}",
      })
  void farBounds(String schema) {
    assertThat(Grammars.value(Validity.parse(schema)).exact()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"integer\",\"minimum\":1e999999}",
        "{\"type\":\"array\",\"contains\":{\"type\":\"string\"},\"minContains\":100000}",
      })
  void boundsThatAreTooFar(String schema) {
    assertThatThrownBy(() -> Grammars.value(Validity.parse(schema)))
        .isInstanceOf(SchemaException.class);
  }
}
