package dev.outcrop.models.llama.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Takes schemas that must hold together apart into alternatives, each a set of plain schemas with
 * no allOf, anyOf, oneOf, $ref, if or dependency in it.
 */
final class Alternatives {
  private static final int MOST = 400;
  private static final int MOST_STEPS = 20_000;
  private static final int MOST_COMPARED = 300;
  private static final Set<String> COMBINING =
      Set.of(
          "$ref",
          "$dynamicRef",
          "allOf",
          "anyOf",
          "oneOf",
          "if",
          "then",
          "else",
          "dependentRequired",
          "dependentSchemas",
          "dependencies");
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final References references;
  private final Overlap overlap;
  private final Gaps gaps;
  private final Negation negation;
  private final Map<JsonNode, ObjectNode> plain = new IdentityHashMap<>();
  private final Map<JsonNode, List<List<JsonNode>>> choices = new IdentityHashMap<>();

  /** Tells whether two alternatives of a oneOf could hold together. */
  interface Overlap {
    boolean test(JsonNode owner, List<JsonNode> together);
  }

  Alternatives(References references, Overlap overlap, Gaps gaps) {
    this.references = references;
    this.overlap = overlap;
    this.gaps = gaps;
    this.negation = new Negation(references, gaps);
  }

  /** More cases than are worth telling apart. */
  private static final class TooMany extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooMany() {
      super(null, null, false, false);
    }
  }

  /**
   * The alternatives of schemas that must all hold. Of too many, some are not told apart, and what
   * parts them is left out.
   */
  List<Set<ObjectNode>> of(List<JsonNode> schemas) {
    for (Depth depth : Depth.values()) {
      List<Set<ObjectNode>> found = new ArrayList<>();
      try {
        new Expansion(depth, found)
            .expand(
                new ArrayDeque<>(schemas),
                Collections.newSetFromMap(new IdentityHashMap<>()),
                Collections.newSetFromMap(new IdentityHashMap<>()));
        return found;
      } catch (TooMany e) {
        gaps.add();
      }
    }
    throw new IllegalStateException("one case is too many");
  }

  /** Which choices are told apart. */
  private enum Depth {
    ALL,
    ALTERNATIVES,
    NONE
  }

  private final class Expansion {
    private final Depth depth;
    private final List<Set<ObjectNode>> found;
    private int steps;

    Expansion(Depth depth, List<Set<ObjectNode>> found) {
      this.depth = depth;
      this.found = found;
    }

    void expand(Deque<JsonNode> todo, Set<JsonNode> seen, Set<ObjectNode> chosen) {
      while (!todo.isEmpty()) {
        JsonNode schema = todo.pop();
        if (schema.isBoolean() && !schema.booleanValue()) {
          return;
        }
        if (schema.isBoolean() || !seen.add(schema)) {
          continue;
        }
        if (!schema.isObject()) {
          throw new SchemaException("a schema in it is neither an object nor true or false");
        }
        chosen.add(plain(schema));
        references.target(schema).ifPresent(todo::push);
        schema.path("allOf").forEach(todo::push);
        List<List<JsonNode>> groups = groups(schema);
        if (!groups.isEmpty()) {
          branch(groups, 0, todo, seen, chosen);
          return;
        }
      }
      found.add(chosen);
      if (found.size() > MOST) {
        throw new TooMany();
      }
    }

    private List<List<JsonNode>> groups(JsonNode schema) {
      return switch (depth) {
        case ALL -> choices.computeIfAbsent(schema, Alternatives.this::choices);
        case ALTERNATIVES ->
            Stream.of("anyOf", "oneOf").filter(schema::has).map(k -> list(schema.get(k))).toList();
        case NONE -> List.of();
      };
    }

    private void branch(
        List<List<JsonNode>> groups,
        int group,
        Deque<JsonNode> todo,
        Set<JsonNode> seen,
        Set<ObjectNode> chosen) {
      Budget.spend(1 + chosen.size());
      if (++steps > MOST_STEPS) {
        throw new TooMany();
      }
      if (group == groups.size()) {
        expand(todo, seen, chosen);
        return;
      }
      for (JsonNode option : groups.get(group)) {
        Deque<JsonNode> rest = new ArrayDeque<>(todo);
        rest.push(option);
        branch(groups, group + 1, rest, copy(seen), copy(chosen));
      }
    }
  }

  private static <T> Set<T> copy(Set<T> set) {
    Set<T> copy = Collections.newSetFromMap(new IdentityHashMap<>());
    copy.addAll(set);
    return copy;
  }

  private ObjectNode plain(JsonNode schema) {
    return plain.computeIfAbsent(
        schema,
        s -> {
          ObjectNode copy = JSON.objectNode();
          s.properties().stream()
              .filter(e -> !COMBINING.contains(e.getKey()))
              .filter(e -> !e.getKey().equals("not") || Negation.plain(e.getValue()))
              .forEach(e -> copy.set(e.getKey(), e.getValue()));
          return copy;
        });
  }

  /** What a schema leaves the choice of; one option of each list must hold. */
  private List<List<JsonNode>> choices(JsonNode schema) {
    List<List<JsonNode>> groups = new ArrayList<>();
    if (schema.has("anyOf")) {
      groups.add(list(schema.get("anyOf")));
    }
    if (schema.has("oneOf")) {
      groups.add(oneOf(schema));
    }
    if (schema.has("not") && !Negation.plain(schema.get("not"))) {
      groups.add(List.of(negation.of(schema.get("not"))));
    }
    if (schema.has("if")) {
      groups.add(new Conditional(schema).choices());
    }
    dependencies(schema.path("dependentRequired"), groups);
    dependencies(schema.path("dependentSchemas"), groups);
    dependencies(schema.path("dependencies"), groups);
    return groups;
  }

  /** Each alternative without the others that it could hold together with. */
  private List<JsonNode> oneOf(JsonNode schema) {
    List<JsonNode> branches = list(schema.get("oneOf"));
    List<JsonNode> alone = new ArrayList<>();
    branches.forEach(
        branch -> alone.add(JSON.objectNode().set("allOf", JSON.arrayNode().add(branch))));
    int compared = 0;
    for (int i = 0; i < branches.size(); i++) {
      for (int j = 0; j < i; j++) {
        if (apart(branches.get(j), branches.get(i))) {
          continue;
        }
        if (++compared > MOST_COMPARED) {
          gaps.add();
          return alone;
        }
        if (overlap.test(schema, List.of(plain(schema), branches.get(j), branches.get(i)))) {
          ((ArrayNode) alone.get(i).get("allOf")).addObject().set("not", branches.get(j));
          ((ArrayNode) alone.get(j).get("allOf")).addObject().set("not", branches.get(i));
        }
      }
    }
    return alone;
  }

  /** Whether a member that both require tells them apart, as is often so; saves comparing them. */
  private static boolean apart(JsonNode one, JsonNode other) {
    for (JsonNode name : one.path("required")) {
      JsonNode here = one.path("properties").path(name.asText()).path("const");
      JsonNode there = other.path("properties").path(name.asText()).path("const");
      if (here.isTextual() && there.isTextual() && !here.equals(there)) {
        boolean objects = one.path("type").asText().equals("object");
        for (JsonNode required : other.path("required")) {
          if (objects && required.equals(name)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static List<JsonNode> list(JsonNode array) {
    List<JsonNode> items = new ArrayList<>();
    array.forEach(items::add);
    return items;
  }

  private static void dependencies(JsonNode byName, List<List<JsonNode>> groups) {
    byName
        .properties()
        .forEach(
            e -> {
              ObjectNode present = JSON.objectNode();
              ArrayNode required = present.putArray("required").add(e.getKey());
              JsonNode then = e.getValue();
              if (then.isArray()) {
                required.addAll((ArrayNode) then);
              } else {
                present.putArray("allOf").add(then);
              }
              groups.add(List.of(present, Conditional.absent(e.getKey())));
            });
  }
}
