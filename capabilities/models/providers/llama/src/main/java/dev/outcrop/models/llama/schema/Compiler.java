package dev.outcrop.models.llama.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
 * possible texts for a value the rules may know only some. They know texts that are not valid only
 * where the gaps say so.
 */
final class Compiler {
  static final int UNBOUNDED = Integer.MAX_VALUE / 2;

  final Rules rules = new Rules();
  final Gaps gaps = new Gaps();
  private final References references;
  private final Set<JsonNode> comparing;
  private final boolean formats;
  private final Alternatives alternatives;
  private final Map<Set<ObjectNode>, Integer> made = new HashMap<>();
  private final Objects objects = new Objects(this);
  private final Arrays arrays = new Arrays(this);
  private int character = -1;

  Compiler(JsonNode root) {
    this(new References(root), Collections.newSetFromMap(new IdentityHashMap<>()), true);
  }

  private Compiler(References references, Set<JsonNode> comparing, boolean formats) {
    this.references = references;
    this.comparing = comparing;
    this.formats = formats;
    this.alternatives = new Alternatives(references, this::overlap, gaps);
  }

  /**
   * Whether a value could fulfil both. Within the comparison the same oneOf counts as an anyOf,
   * which allows more. Formats say nothing, as only a part of each is known.
   */
  private boolean overlap(JsonNode owner, List<JsonNode> together) {
    if (!comparing.add(owner)) {
      return false;
    }
    try {
      Compiler apart = new Compiler(references, comparing, false);
      return apart.rules.grammar(apart.rule(together)) != null;
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
    rules.set(number, new Rule.Choice(values(facts(schemas))));
    return number;
  }

  private Facts facts(Set<ObjectNode> schemas) {
    return new Facts(List.copyOf(schemas), gaps, formats);
  }

  /** What schemas that must all hold say, for each of their alternatives. */
  List<Facts> facts(List<JsonNode> schemas) {
    return alternatives.of(schemas).stream().map(this::facts).toList();
  }

  private int[] values(Facts facts) {
    if (facts.values() != null) {
      return facts.values().stream().mapToInt(v -> rules.literal(v.toString())).toArray();
    }
    List<Integer> options = new ArrayList<>();
    for (String type : facts.types()) {
      facts.containers(type);
      switch (type) {
        case "null" -> word(facts, NullNode.instance, options);
        case "boolean" -> {
          word(facts, BooleanNode.TRUE, options);
          word(facts, BooleanNode.FALSE, options);
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

  private void word(Facts facts, JsonNode value, List<Integer> options) {
    if (!facts.without(value)) {
      options.add(rules.literal(value.toString()));
    }
  }

  private int string(Facts facts) {
    Automaton language = facts.strings();
    if (language != null) {
      try {
        return rules.regular(Languages.quoted(language));
      } catch (SchemaException.TooComplex e) {
        gaps.add();
      }
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
      Facts facts = facts(together);
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
