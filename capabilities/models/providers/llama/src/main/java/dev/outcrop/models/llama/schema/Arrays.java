package dev.outcrop.models.llama.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.llama.grammar.Rule;
import java.util.ArrayList;
import java.util.List;

/** Rules of arrays. */
final class Arrays {
  private static final int MOST_SELECTED = 62;
  private static final int MOST_LISTED = 1000;
  private final Compiler compiler;

  Arrays(Compiler compiler) {
    this.compiler = compiler;
  }

  int rule(Facts facts) {
    if (!facts.all("maxContains").isEmpty()) {
      throw new SchemaException("maxContains is not supported");
    }
    Rules rules = compiler.rules;
    List<JsonNode> contained = facts.all("contains");
    int mustContain = contained.isEmpty() ? 0 : facts.largest("minContains", 1);
    int least = Math.max(facts.largest("minItems", 0), mustContain);
    int most = facts.smallest("maxItems", Compiler.UNBOUNDED);
    int listed = mustContain;
    for (ObjectNode schema : facts.schemas) {
      listed = Math.max(listed, tuple(schema).size());
    }
    if (listed > MOST_LISTED) {
      throw new SchemaException("prefixItems or minContains is above " + MOST_LISTED);
    }
    boolean unique = most > 1 && facts.all("uniqueItems").stream().anyMatch(JsonNode::booleanValue);
    int body =
        unique
            ? different(facts, listed, contained, least, most)
            : rules.add(
                new Rule.Items(
                    compiler.separator(),
                    first(facts, listed, mustContain, contained),
                    compiler.rule(item(facts, listed)),
                    least,
                    most,
                    false));
    return rules.sequence(rules.literal("["), body, rules.literal("]"));
  }

  private int[] first(Facts facts, int listed, int mustContain, List<JsonNode> contained) {
    int[] first = new int[listed];
    for (int i = 0; i < listed; i++) {
      List<JsonNode> item = new ArrayList<>(item(facts, i));
      if (i < mustContain) {
        item.addAll(contained);
      }
      first[i] = compiler.rule(item);
    }
    return first;
  }

  private static List<JsonNode> tuple(ObjectNode schema) {
    JsonNode items =
        schema.path("items").isArray() ? schema.get("items") : schema.path("prefixItems");
    List<JsonNode> tuple = new ArrayList<>();
    items.forEach(tuple::add);
    return tuple;
  }

  /** What must hold for the item at a place. */
  private static List<JsonNode> item(Facts facts, int at) {
    List<JsonNode> found = new ArrayList<>();
    for (ObjectNode schema : facts.schemas) {
      List<JsonNode> tuple = tuple(schema);
      boolean old = schema.path("items").isArray();
      String rest = old ? "additionalItems" : "items";
      if (at < tuple.size()) {
        found.add(tuple.get(at));
      } else if (schema.has(rest)) {
        found.add(schema.get(rest));
      } else if (schema.has("unevaluatedItems")) {
        found.add(unevaluated(facts, schema));
      }
    }
    return found;
  }

  private static JsonNode unevaluated(Facts facts, ObjectNode schema) {
    boolean described =
        facts.schemas.stream().anyMatch(s -> s.has("items") && !s.get("items").isArray());
    return described ? BooleanNode.TRUE : schema.get("unevaluatedItems");
  }

  /** Of few possible items each once; of many, none that came already. */
  private int different(Facts facts, int listed, List<JsonNode> contained, int least, int most) {
    if (listed > 0 || !contained.isEmpty()) {
      throw new SchemaException("uniqueItems together with prefixItems or contains");
    }
    Rules rules = compiler.rules;
    int item = compiler.rule(item(facts, 0));
    List<Integer> few = new Few(rules, MOST_SELECTED).of(item);
    if (few != null) {
      int[] options = few.stream().mapToInt(i -> i).toArray();
      return rules.add(
          new Rule.Selection(compiler.separator(), options, least, Math.min(most, few.size())));
    }
    if (new Few(rules, MOST_SELECTED).containers(item)) {
      throw new SchemaException("uniqueItems with items that are objects or arrays");
    }
    return rules.add(new Rule.Items(compiler.separator(), new int[0], item, least, most, true));
  }
}
