package dev.outcrop.logs.filter;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** A way to fields: {@code $.a.b[0].c}, and {@code [*]} for every element of an array. */
record Selector(List<Step> steps) {

  /** One step: into a field, or into an element, or, without either, into all elements. */
  private record Step(String field, Integer element) {
    List<JsonNode> of(JsonNode node) {
      if (field != null || element != null) {
        JsonNode next = field != null ? node.get(field) : node.isArray() ? node.get(element) : null;
        return next == null ? List.of() : List.of(next);
      }
      List<JsonNode> all = new ArrayList<>();
      if (node.isArray()) {
        node.forEach(all::add);
      }
      return all;
    }
  }

  static Selector read(Scanner in) {
    if (!in.take("$")) {
      throw in.problem("a field begins with $.");
    }
    List<Step> steps = new ArrayList<>();
    while (true) {
      if (in.take(".")) {
        String name = in.run(c -> Character.isLetterOrDigit(c) || c == '_' || c == '-');
        if (name.isEmpty()) {
          throw in.problem("expected the name of a field: letters, digits, _ and -");
        }
        steps.add(new Step(name, null));
      } else if (in.take("[")) {
        steps.add(element(in));
      } else {
        break;
      }
    }
    if (steps.isEmpty()) {
      throw in.problem("a field begins with $.");
    }
    return new Selector(List.copyOf(steps));
  }

  private static Step element(Scanner in) {
    Integer index = null;
    if (!in.take("*")) {
      String digits = in.run(Character::isDigit);
      if (digits.isEmpty() || digits.length() > 6) {
        throw in.problem("expected the number of an element or *");
      }
      index = Integer.valueOf(digits);
    }
    in.expect("]");
    return new Step(null, index);
  }

  /** What is there; empty when there is nothing. */
  List<JsonNode> of(JsonNode event) {
    List<JsonNode> found = List.of(event);
    for (Step step : steps) {
      found = found.stream().flatMap(node -> step.of(node).stream()).toList();
    }
    return found;
  }
}
