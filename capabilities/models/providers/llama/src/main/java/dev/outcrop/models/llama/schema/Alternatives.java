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

/**
 * Takes schemas that must hold together apart into alternatives, each a set of plain schemas with
 * no allOf, anyOf, oneOf, $ref, if or dependency in it.
 */
final class Alternatives {
  private static final int MOST = 400;
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
  private final OneOf oneOf;
  private final Map<JsonNode, ObjectNode> plain = new IdentityHashMap<>();
  private final Map<JsonNode, List<List<JsonNode>>> choices = new IdentityHashMap<>();

  /** Throws when two alternatives of a oneOf could hold together. */
  interface OneOf {
    void disjoint(JsonNode owner, List<JsonNode> together);
  }

  Alternatives(References references, OneOf oneOf) {
    this.references = references;
    this.oneOf = oneOf;
  }

  /** The alternatives of schemas that must all hold. */
  List<Set<ObjectNode>> of(List<JsonNode> schemas) {
    List<Set<ObjectNode>> found = new ArrayList<>();
    Set<JsonNode> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Set<ObjectNode> chosen = Collections.newSetFromMap(new IdentityHashMap<>());
    expand(new ArrayDeque<>(schemas), seen, chosen, found);
    return found;
  }

  private void expand(
      Deque<JsonNode> todo,
      Set<JsonNode> seen,
      Set<ObjectNode> chosen,
      List<Set<ObjectNode>> found) {
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
      List<List<JsonNode>> groups = choices.computeIfAbsent(schema, this::choices);
      if (!groups.isEmpty()) {
        branch(groups, 0, todo, seen, chosen, found);
        return;
      }
    }
    found.add(chosen);
    if (found.size() > MOST) {
      throw new SchemaException("anyOf, oneOf, if and dependencies in it make too many cases");
    }
  }

  private void branch(
      List<List<JsonNode>> groups,
      int group,
      Deque<JsonNode> todo,
      Set<JsonNode> seen,
      Set<ObjectNode> chosen,
      List<Set<ObjectNode>> found) {
    if (group == groups.size()) {
      expand(todo, seen, chosen, found);
      return;
    }
    for (JsonNode option : groups.get(group)) {
      Deque<JsonNode> rest = new ArrayDeque<>(todo);
      rest.push(option);
      branch(groups, group + 1, rest, copy(seen), copy(chosen), found);
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
      List<JsonNode> branches = list(schema.get("oneOf"));
      for (int i = 0; i < branches.size(); i++) {
        for (int j = 0; j < i; j++) {
          oneOf.disjoint(schema, List.of(plain(schema), branches.get(j), branches.get(i)));
        }
      }
      groups.add(branches);
    }
    if (schema.has("if")) {
      groups.addAll(new Conditional(schema).choices());
    }
    dependencies(schema.path("dependentRequired"), groups);
    dependencies(schema.path("dependentSchemas"), groups);
    dependencies(schema.path("dependencies"), groups);
    return groups;
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
