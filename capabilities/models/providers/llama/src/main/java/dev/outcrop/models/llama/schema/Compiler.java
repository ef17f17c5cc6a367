package dev.outcrop.models.llama.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.llama.grammar.Grammar;
import dev.outcrop.models.llama.grammar.Rule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Operations;

/**
 * Makes rules of schemas. Schemas that must hold together are merged keyword by keyword; of several
 * possible texts for a value the rules may know only some, but none that is not valid.
 */
final class Compiler {
  static final int UNBOUNDED = Integer.MAX_VALUE / 2;

  final Rules rules = new Rules();
  private final References references;
  private final Set<JsonNode> comparing;
  private final Alternatives alternatives;
  private final Map<Set<ObjectNode>, Integer> made = new HashMap<>();
  private final Objects objects = new Objects(this);
  private final Arrays arrays = new Arrays(this);
  private int character = -1;

  Compiler(JsonNode root) {
    this(new References(root), Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  private Compiler(References references, Set<JsonNode> comparing) {
    this.references = references;
    this.comparing = comparing;
    this.alternatives = new Alternatives(references, this::disjoint);
  }

  private void disjoint(JsonNode owner, List<JsonNode> together) {
    if (!comparing.add(owner)) {
      return;
    }
    try {
      Compiler apart = new Compiler(references, comparing);
      Grammar both = apart.rules.grammar(apart.rule(together));
      if (both != null) {
        throw new SchemaException(
            "two schemas of a oneOf could hold for the same value; make them exclude each other,"
                + " or use anyOf");
      }
    } finally {
      comparing.remove(owner);
    }
  }

  /** The rule of the values for which all these schemas hold. */
  int rule(List<JsonNode> schemas) {
    List<Integer> options = new ArrayList<>();
    for (Set<ObjectNode> together : alternatives.of(schemas)) {
      int option = plain(together);
      if (!options.contains(option)) {
        options.add(option);
      }
    }
    return rules.choice(options);
  }

  private int plain(Set<ObjectNode> schemas) {
    Integer known = made.get(schemas);
    if (known != null) {
      return known;
    }
    int number = rules.reserve();
    made.put(schemas, number);
    rules.set(number, new Rule.Choice(values(new Facts(List.copyOf(schemas)))));
    return number;
  }

  private int[] values(Facts facts) {
    if (facts.values() != null) {
      return facts.values().stream().mapToInt(v -> rules.literal(v.toString())).toArray();
    }
    List<Integer> options = new ArrayList<>();
    for (String type : facts.types()) {
      switch (type) {
        case "null" -> options.add(rules.literal("null"));
        case "boolean" -> {
          options.add(rules.literal("true"));
          options.add(rules.literal("false"));
        }
        case "integer" -> options.add(rules.regular(facts.numbers().language(true)));
        case "number" -> options.add(rules.regular(facts.numbers().language(false)));
        case "string" -> options.add(string(facts));
        case "array" -> options.add(arrays.rule(facts));
        default -> options.add(objects.rule(facts));
      }
    }
    return options.stream().mapToInt(i -> i).toArray();
  }

  private int string(Facts facts) {
    Automaton language = facts.strings();
    if (language != null) {
      return rules.regular(Languages.quoted(language));
    }
    int quote = rules.literal("\"");
    int least = facts.largest("minLength", 0);
    int most = facts.smallest("maxLength", UNBOUNDED);
    return rules.sequence(quote, rules.add(new Rule.Repeated(character(), least, most)), quote);
  }

  /** The strings for which a schema holds. */
  Automaton strings(JsonNode schema) {
    List<Automaton> found = new ArrayList<>();
    for (Set<ObjectNode> together : alternatives.of(List.of(schema))) {
      Facts facts = new Facts(List.copyOf(together));
      if (facts.values() != null) {
        facts.values().stream()
            .filter(JsonNode::isTextual)
            .forEach(v -> found.add(Automata.makeString(v.textValue())));
      } else if (facts.types().contains("string")) {
        found.add(facts.allStrings());
      }
    }
    return Languages.simple(Operations.union(found));
  }

  private int character() {
    if (character < 0) {
      character = rules.regular(Languages.encoded(Languages.CHARACTER));
    }
    return character;
  }

  /** What parts items and members. */
  int separator() {
    return rules.choice(List.of(rules.literal(","), rules.literal(", ")));
  }
}
