package dev.outcrop.models.llama.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.outcrop.models.llama.grammar.Grammar;
import dev.outcrop.models.llama.grammar.Walk;
import java.util.Random;

/** Holds what a grammar writes to a validator that knows nothing of it. */
final class Validity {
  static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
  private static final JsonSchemaFactory VALIDATORS =
      JsonSchemaFactory.getInstance(VersionFlag.V202012);

  private Validity() {}

  static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError("not JSON: " + json, e);
    }
  }

  /** Checks so many random texts of a schema. */
  static void check(String schema, int texts, Random random) {
    Grammars.Made made = Grammars.value(parse(schema));
    assertThat(made.exact()).as("exact: %s", schema).isTrue();
    Grammar grammar = made.grammar();
    Grammar travelled = Grammar.of(grammar.bytes());
    JsonSchema validator = validator(schema);
    for (int i = 0; i < texts; i++) {
      String text = Walk.random(travelled, random);
      assertThat(validator.validate(parse(text))).as("%s of %s", text, schema).isEmpty();
      assertThat(Walk.accepts(grammar, text)).isTrue();
    }
  }

  static JsonSchema validator(String schema) {
    var config = SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
    return VALIDATORS.getSchema(parse(schema), config);
  }
}
