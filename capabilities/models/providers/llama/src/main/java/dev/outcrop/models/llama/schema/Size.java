package dev.outcrop.models.llama.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** How much there is to a schema, apart from how long its text is. */
final class Size {
  private static final int MOST_SCHEMAS = 20_000;
  private static final int MOST_DIGITS = 1000;
  private static final List<String> ONE =
      List.of(
          "not",
          "if",
          "then",
          "else",
          "items",
          "additionalItems",
          "unevaluatedItems",
          "contains",
          "additionalProperties",
          "unevaluatedProperties",
          "propertyNames");
  private static final List<String> SEVERAL =
      List.of(
          "allOf",
          "anyOf",
          "oneOf",
          "items",
          "prefixItems",
          "properties",
          "patternProperties",
          "dependentSchemas",
          "dependencies");

  private final References references;
  private final Set<JsonNode> within = Collections.newSetFromMap(new IdentityHashMap<>());
  private int schemas;

  private Size(References references) {
    this.references = references;
  }

  /**
   * Refuses a schema with too many schemas in it, each counted as often as something leads to it: a
   * validator makes as many.
   */
  static void check(JsonNode schema) {
    new Size(new References(schema)).add(schema);
  }

  private void add(JsonNode schema) {
    if (++schemas > MOST_SCHEMAS) {
      throw new SchemaException("its references lead to too many schemas");
    }
    if (!schema.isObject() || !within.add(schema)) {
      return;
    }
    references.target(schema).ifPresent(this::add);
    for (String keyword : ONE) {
      if (schema.path(keyword).isObject()) {
        add(schema.get(keyword));
      }
    }
    for (String keyword : SEVERAL) {
      JsonNode inside = schema.path(keyword);
      if (inside.isArray() || !keyword.equals("items")) {
        inside.forEach(this::add);
      }
    }
    within.remove(schema);
  }

  /** Refuses numbers that would take far more room than their texts. */
  static void numbers(JsonNode node) {
    if (node.isBigDecimal() || node.isBigInteger()) {
      number(node.decimalValue());
    }
    node.forEach(Size::numbers);
  }

  private static void number(BigDecimal number) {
    if (number.precision() > MOST_DIGITS || Math.abs((long) number.scale()) > MOST_DIGITS) {
      throw new SchemaException(
          "a number in it has more than %d digits or places".formatted(MOST_DIGITS));
    }
  }
}
