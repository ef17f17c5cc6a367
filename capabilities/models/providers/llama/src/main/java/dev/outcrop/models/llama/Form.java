package dev.outcrop.models.llama;

import static dev.outcrop.models.llama.Refusals.invalid;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outcrop.models.llama.grammar.Grammar;
import dev.outcrop.models.llama.schema.Check;
import dev.outcrop.models.llama.schema.Grammars;
import dev.outcrop.models.llama.schema.SchemaException;

/**
 * The JSON that a schema asks for.
 *
 * @param grammar what is written follows it
 * @param check of what was written; null when the grammar has valid texts only
 */
record Form(Grammar grammar, Check check) {

  /**
   * @param where the schema is in the request, for the message when it can't be used
   */
  static Form of(JsonNode schema, String where) {
    try {
      Grammars.Made made = Grammars.value(schema);
      return new Form(made.grammar(), made.exact() ? null : Check.of(schema));
    } catch (SchemaException e) {
      throw invalid(
          "The JSON schema at %s can't be used: %s. Change it and try again."
              .formatted(where, e.getMessage()));
    }
  }
}
