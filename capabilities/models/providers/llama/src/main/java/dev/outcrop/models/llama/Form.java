package dev.outcrop.models.llama;

import static dev.outcrop.models.llama.Refusals.invalid;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outcrop.models.llama.grammar.Grammar;
import dev.outcrop.models.llama.schema.Check;
import dev.outcrop.models.llama.schema.Grammars;
import dev.outcrop.models.llama.schema.SchemaException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The JSON that a schema asks for.
 *
 * @param grammar what is written follows it
 * @param check of what was written; null when the grammar has valid texts only
 */
record Form(Grammar grammar, Check check) {
  private static final int KEPT = 32;

  /** The latest ones, as a conversation brings the same schemas each turn. */
  private static final Map<JsonNode, Form> KNOWN =
      new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<JsonNode, Form> eldest) {
          return size() > KEPT;
        }
      };

  /**
   * @param where the schema is in the request, for the message when it can't be used
   */
  static Form of(JsonNode schema, String where) {
    try {
      synchronized (KNOWN) {
        Form known = KNOWN.get(schema);
        if (known != null) {
          return known;
        }
      }
      Grammars.Made made = Grammars.value(schema);
      Form form = new Form(made.grammar(), made.exact() ? null : Check.of(schema));
      synchronized (KNOWN) {
        KNOWN.put(schema, form);
      }
      return form;
    } catch (SchemaException e) {
      throw invalid(
          "The JSON schema at %s can't be used: %s. Change it and try again."
              .formatted(where, e.getMessage()));
    }
  }
}
