package dev.outcrop.models.llama.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.llama.grammar.Rule;
import java.util.ArrayList;
import java.util.List;

/** Rules of arrays. */
final class Arrays {
  private static final int MOST_SELECTED = 62;
  private static final int MOST_LISTED = 1000;
  private static final int MOST_PLACES = 8;
  private static final List<String> ENDLESS = List.of("string", "integer");
  private static final List<String> BOUNDS =
      List.of(
          "maxLength",
          "pattern",
          "format",
          "minimum",
          "maximum",
          "exclusiveMinimum",
          "exclusiveMaximum",
          "multipleOf",
          "not");
  private static final List<String> MANY_WAYS = List.of("number", "object", "array");
  private final Compiler compiler;

  Arrays(Compiler compiler) {
    this.compiler = compiler;
  }

  int rule(Facts facts) {
    Rules rules = compiler.rules;
    List<JsonNode> contained = contained(facts);
    int least = Math.max(facts.largest("minItems", 0), contained.size());
    int most = facts.smallest("maxItems", Compiler.UNBOUNDED);
    int listed = 0;
    for (ObjectNode schema : facts.schemas) {
      listed = Math.max(listed, tuple(schema).size());
    }
    if (listed > MOST_LISTED || contained.size() > MOST_LISTED) {
      throw new SchemaException("prefixItems or minContains is above " + MOST_LISTED);
    }
    List<JsonNode> uncontained = uncontained(facts);
    boolean unique = most > 1 && facts.all("uniqueItems").stream().anyMatch(JsonNode::booleanValue);
    List<Integer> bodies = new ArrayList<>();
    if (unique && listed == 0 && contained.isEmpty()) {
      bodies.add(different(facts, uncontained, least, most));
    } else {
      if (unique) {
        facts.gaps.add();
      }
      // What must be contained comes first, or after some of the items that are told one by one.
      for (int at = 0; at <= (contained.isEmpty() ? 0 : Math.min(listed, MOST_PLACES)); at++) {
        int[] first = first(facts, listed, at, contained, uncontained);
        int rest = compiler.rule(both(item(facts, listed), uncontained));
        int from = Math.max(least, contained.isEmpty() ? 0 : at + contained.size());
        bodies.add(rules.add(new Rule.Items(compiler.separator(), first, rest, from, most, false)));
      }
    }
    return rules.sequence(rules.literal("["), rules.choice(bodies), rules.literal("]"));
  }

  /** What must be contained, as often as it must. */
  private static List<JsonNode> contained(Facts facts) {
    List<JsonNode> contained = new ArrayList<>();
    for (ObjectNode schema : facts.schemas) {
      if (schema.has("contains")) {
        int times = new Facts(List.of(schema), facts.gaps, false).largest("minContains", -1);
        for (int i = times < 0 ? 1 : times; i > 0 && contained.size() <= MOST_LISTED; i--) {
          contained.add(schema.get("contains"));
        }
      }
    }
    return contained;
  }

  /** What may come often enough already. */
  private static List<JsonNode> uncontained(Facts facts) {
    List<JsonNode> uncontained = new ArrayList<>();
    List<ObjectNode> counted = facts.schemas.stream().filter(s -> s.has("contains")).toList();
    for (ObjectNode schema : counted) {
      if (schema.has("maxContains")) {
        uncontained.add(JsonNodeFactory.instance.objectNode().set("not", schema.get("contains")));
        // One that must come for another may be one too many here.
        if (counted.size() > 1 || schema.path("minContains").asInt(1) > maxContains(schema)) {
          facts.gaps.add();
        }
      }
    }
    return uncontained;
  }

  private static int maxContains(ObjectNode schema) {
    return schema.path("maxContains").asInt();
  }

  private static List<JsonNode> both(List<JsonNode> some, List<JsonNode> others) {
    List<JsonNode> all = new ArrayList<>(some);
    all.addAll(others);
    return all;
  }

  private int[] first(
      Facts facts, int listed, int at, List<JsonNode> contained, List<JsonNode> uncontained) {
    int size = contained.isEmpty() ? listed : Math.max(listed, at + contained.size());
    int[] first = new int[size];
    for (int i = 0; i < size; i++) {
      boolean must = i >= at && i < at + contained.size();
      List<JsonNode> more = must ? List.of(contained.get(i - at)) : uncontained;
      first[i] = compiler.rule(both(item(facts, i), more));
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

  /** What others describe can't be seen from here, so it is left to the check. */
  private static JsonNode unevaluated(Facts facts, ObjectNode schema) {
    boolean alone = facts.schemas.size() == 1 && !schema.has("contains");
    if (!alone) {
      facts.gaps.add();
    }
    boolean described =
        facts.schemas.stream().anyMatch(s -> s.has("items") && !s.get("items").isArray());
    return described ? BooleanNode.TRUE : schema.get("unevaluatedItems");
  }

  /** Of few possible items each once; of endless ones, none that came already. */
  private int different(Facts facts, List<JsonNode> uncontained, int least, int most) {
    Rules rules = compiler.rules;
    List<JsonNode> schemas = both(item(facts, 0), uncontained);
    int item = compiler.rule(schemas);
    List<Facts> cases = compiler.facts(schemas);
    boolean oneWay = cases.stream().allMatch(Arrays::oneWay);
    List<Integer> few = oneWay ? new Few(rules, MOST_SELECTED).of(item) : null;
    if (few != null) {
      int[] options = few.stream().mapToInt(i -> i).toArray();
      return rules.add(
          new Rule.Selection(compiler.separator(), options, least, Math.min(most, few.size())));
    }
    boolean endless = oneWay && cases.stream().allMatch(Arrays::endless);
    if (!endless) {
      facts.gaps.add();
    }
    return rules.add(new Rule.Items(compiler.separator(), new int[0], item, least, most, endless));
  }

  /** Whether different texts are different values. */
  private static boolean oneWay(Facts facts) {
    List<JsonNode> values = facts.values();
    if (values == null) {
      return MANY_WAYS.stream().noneMatch(facts.types()::contains);
    }
    for (int i = 0; i < values.size(); i++) {
      if (values.get(i).isContainerNode()
          || Exclusions.contains(values.subList(0, i), values.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Whether a text that came already can go on to become another. */
  private static boolean endless(Facts facts) {
    return facts.values() == null
        && ENDLESS.containsAll(facts.types())
        && BOUNDS.stream().allMatch(keyword -> facts.all(keyword).isEmpty());
  }
}
