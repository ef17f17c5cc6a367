package dev.outcrop.models.llama.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.outcrop.models.llama.grammar.Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Operations;

/** Rules of objects. Members come in the order in which the schema names them. */
final class Objects {
  /** Names of further members: short, and with no character that has two ways to be written. */
  private static final Automaton PLAIN_NAME = Regex.of("^[^\"\\\\\\x00-\\x1f/]{1,40}$").language();

  private final Compiler compiler;

  Objects(Compiler compiler) {
    this.compiler = compiler;
  }

  int rule(Facts facts) {
    Rules rules = compiler.rules;
    Set<String> names = new LinkedHashSet<>();
    facts.all("properties").forEach(p -> p.fieldNames().forEachRemaining(names::add));
    Set<String> required = new LinkedHashSet<>();
    facts.all("required").forEach(r -> r.forEach(n -> required.add(n.asText())));
    names.addAll(required);
    Map<String, Automaton> patterns = new LinkedHashMap<>();
    facts
        .all("patternProperties")
        .forEach(p -> p.fieldNames().forEachRemaining(n -> patterns.put(n, pattern(facts, n))));
    Automaton allowed = allowed(facts);

    List<Integer> known = new ArrayList<>();
    List<Boolean> must = new ArrayList<>();
    for (String name : names) {
      boolean possible =
          !facts.forbidden().contains(name)
              && (allowed == null || Languages.accepts(allowed, name));
      List<JsonNode> value = possible ? value(facts, name, patterns) : List.of(BooleanNode.FALSE);
      known.add(member(rules.literal(TextNode.valueOf(name).toString()), compiler.rule(value)));
      must.add(required.contains(name));
    }
    boolean[] isRequired = new boolean[must.size()];
    for (int i = 0; i < isRequired.length; i++) {
      isRequired[i] = must.get(i);
    }
    int least = facts.largest("minProperties", 0);
    List<Integer> others = others(facts, names, patterns, allowed, least);
    if (least > Math.max(names.size() + 1, required.size())) {
      // Members of other names could have the same one, and count once then.
      facts.gaps.add();
    }
    int body =
        rules.add(
            new Rule.Members(
                compiler.separator(),
                known.stream().mapToInt(i -> i).toArray(),
                isRequired,
                others.stream().mapToInt(i -> i).toArray(),
                least,
                facts.smallest("maxProperties", Compiler.UNBOUNDED)));
    return rules.sequence(rules.literal("{"), body, rules.literal("}"));
  }

  private static Automaton pattern(Facts facts, String pattern) {
    Regex regex = Regex.of(pattern);
    if (!regex.exact()) {
      facts.gaps.add();
    }
    return regex.language();
  }

  private int member(int name, int value) {
    Rules rules = compiler.rules;
    int colon = rules.choice(List.of(rules.literal(":"), rules.literal(": ")));
    return rules.sequence(name, colon, value);
  }

  /** The names that propertyNames leaves; null for all. */
  private Automaton allowed(Facts facts) {
    Automaton left = null;
    for (JsonNode names : facts.all("propertyNames")) {
      Automaton language = compiler.strings(names);
      left = left == null ? language : Languages.intersect(left, language);
    }
    return left;
  }

  /** What must hold for the value of a member with this name. */
  private static List<JsonNode> value(Facts facts, String name, Map<String, Automaton> patterns) {
    List<JsonNode> found = new ArrayList<>();
    for (ObjectNode schema : facts.schemas) {
      boolean described = schema.path("properties").has(name);
      if (described) {
        found.add(schema.get("properties").get(name));
      }
      for (var pattern : schema.path("patternProperties").properties()) {
        if (Languages.accepts(patterns.get(pattern.getKey()), name)) {
          found.add(pattern.getValue());
          described = true;
        }
      }
      if (!described && schema.has("additionalProperties")) {
        found.add(schema.get("additionalProperties"));
      } else if (!described && schema.has("unevaluatedProperties")) {
        unevaluated(facts, schema, name).ifPresent(found::add);
      }
    }
    return found;
  }

  /** Whether it is others inside this schema that describe it is left to the check. */
  private static Optional<JsonNode> unevaluated(Facts facts, ObjectNode schema, String name) {
    if (facts.schemas.stream().noneMatch(s -> s.path("properties").has(name))) {
      return Optional.of(schema.get("unevaluatedProperties"));
    }
    facts.gaps.add();
    return Optional.empty();
  }

  private List<Integer> others(
      Facts facts,
      Set<String> names,
      Map<String, Automaton> patterns,
      Automaton allowed,
      int least) {
    if (patterns.isEmpty() && !open(facts, names, least)) {
      return List.of();
    }
    Automaton free = allowed == null ? PLAIN_NAME : Languages.intersect(PLAIN_NAME, allowed);
    Set<String> taken = new LinkedHashSet<>(names);
    taken.addAll(facts.forbidden());
    free =
        Languages.minus(free, Operations.union(taken.stream().map(Automata::makeString).toList()));
    List<Integer> rules = new ArrayList<>();
    for (String pattern : patterns.keySet()) {
      Automaton only = Languages.intersect(free, patterns.get(pattern));
      for (String other : patterns.keySet()) {
        only = other.equals(pattern) ? only : Languages.minus(only, patterns.get(other));
      }
      rules.add(other(only, matching(facts, pattern)));
    }
    if (open(facts, names, least)) {
      Automaton rest = free;
      for (Automaton pattern : patterns.values()) {
        rest = Languages.minus(rest, pattern);
      }
      rules.add(other(rest, matching(facts, null)));
    }
    return rules;
  }

  private int other(Automaton names, List<JsonNode> value) {
    return member(compiler.rules.regular(Languages.quoted(names)), compiler.rule(value));
  }

  /** What must hold for a member whose name fits this pattern and nothing else. */
  private static List<JsonNode> matching(Facts facts, String pattern) {
    List<JsonNode> found = new ArrayList<>();
    for (ObjectNode schema : facts.schemas) {
      JsonNode matched = pattern == null ? null : schema.path("patternProperties").get(pattern);
      if (matched != null) {
        found.add(matched);
      } else if (schema.has("additionalProperties")) {
        found.add(schema.get("additionalProperties"));
      } else if (schema.has("unevaluatedProperties")) {
        found.add(schema.get("unevaluatedProperties"));
      }
    }
    return found;
  }

  /**
   * Whether members that the schema does not name may come: where it says so, or names none. A
   * model that is free to add members seldom stops.
   */
  private static boolean open(Facts facts, Set<String> names, int least) {
    boolean said = !facts.all("additionalProperties").isEmpty();
    boolean silent = names.isEmpty() && facts.all("patternProperties").isEmpty();
    return said || silent || least > names.size();
  }
}
