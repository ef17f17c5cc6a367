package dev.outcrop.models.llama.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntBinaryOperator;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Operations;

/** What plain schemas say together about a value. */
final class Facts {
  private static final int LONGEST_COUNTED = 2000;
  private static final Set<String> ALL =
      Set.of("null", "boolean", "integer", "number", "string", "array", "object");
  private static final List<String> ORDER =
      List.of("object", "array", "string", "number", "integer", "boolean", "null");
  private static final Set<String> OF_CONTAINERS =
      Set.of(
          "properties",
          "patternProperties",
          "additionalProperties",
          "propertyNames",
          "required",
          "minProperties",
          "maxProperties",
          "items",
          "prefixItems",
          "additionalItems",
          "minItems",
          "maxItems",
          "uniqueItems",
          "contains",
          "unevaluatedItems",
          "unevaluatedProperties");

  final List<ObjectNode> schemas;
  private final Exclusions not = new Exclusions();

  Facts(List<ObjectNode> schemas) {
    this.schemas = schemas;
    for (ObjectNode schema : schemas) {
      if (schema.has("not")) {
        not.add(schema.get("not"));
      }
      for (String bound : List.of("exclusiveMinimum", "exclusiveMaximum")) {
        if (schema.path(bound).isBoolean()) {
          throw new SchemaException(bound + " must be a number");
        }
      }
    }
  }

  /** Every value of a keyword, in order. */
  List<JsonNode> all(String keyword) {
    return schemas.stream().filter(s -> s.has(keyword)).map(s -> s.get(keyword)).toList();
  }

  private int combine(String keyword, int otherwise, IntBinaryOperator operator) {
    int result = otherwise;
    for (JsonNode value : all(keyword)) {
      if (!value.isNumber() || value.decimalValue().signum() < 0) {
        throw new SchemaException(keyword + " must be a whole number that is not negative");
      }
      int number = value.decimalValue().min(BigDecimal.valueOf(Compiler.UNBOUNDED)).intValue();
      result = operator.applyAsInt(result, number);
    }
    return result;
  }

  int largest(String keyword, int otherwise) {
    return combine(keyword, otherwise, Math::max);
  }

  int smallest(String keyword, int otherwise) {
    return combine(keyword, otherwise, Math::min);
  }

  boolean forbids(String member) {
    return not.members.contains(member);
  }

  /** The types that it may have; integer only where number is not among them. */
  List<String> types() {
    Set<String> left = new LinkedHashSet<>(ORDER);
    for (JsonNode type : all("type")) {
      Set<String> named = new LinkedHashSet<>();
      (type.isArray() ? type : List.of(type)).forEach(t -> named.add(t.asText()));
      if (!ALL.containsAll(named)) {
        throw new SchemaException(
            "type must be one of %s or an array of them, not %s".formatted(ORDER, type));
      }
      if (named.contains("number")) {
        named.add("integer");
      }
      left.retainAll(named);
    }
    left.removeAll(not.types);
    if (left.contains("number")) {
      left.remove("integer");
    }
    return List.copyOf(left);
  }

  /** The values that enum and const leave; null when neither is there. */
  List<JsonNode> values() {
    List<JsonNode> left = null;
    for (ObjectNode schema : schemas) {
      List<JsonNode> named = new ArrayList<>();
      if (schema.has("enum")) {
        schema.get("enum").forEach(named::add);
        left = left == null ? named : common(left, named);
      }
      if (schema.has("const")) {
        List<JsonNode> one = List.of(schema.get("const"));
        left = left == null ? one : common(left, one);
      }
    }
    return left == null ? null : left.stream().filter(this::fulfils).toList();
  }

  private static List<JsonNode> common(List<JsonNode> some, List<JsonNode> others) {
    return some.stream().filter(v -> Exclusions.contains(others, v)).toList();
  }

  private boolean fulfils(JsonNode value) {
    if (Exclusions.contains(not.values, value)) {
      return false;
    }
    boolean whole = value.isNumber() && value.decimalValue().stripTrailingZeros().scale() <= 0;
    String type = value.getNodeType().name().toLowerCase(java.util.Locale.ROOT);
    List<String> types = types();
    if (!types.contains(type) && !(whole && types.contains("integer"))) {
      return false;
    }
    if (value.isContainerNode()) {
      for (ObjectNode schema : schemas) {
        schema
            .fieldNames()
            .forEachRemaining(
                keyword -> {
                  if (OF_CONTAINERS.contains(keyword)) {
                    throw new SchemaException(
                        "enum or const with objects or arrays and " + keyword + " together");
                  }
                });
      }
      return true;
    }
    if (value.isTextual()) {
      int length = value.textValue().codePointCount(0, value.textValue().length());
      Automaton language = strings();
      return length >= largest("minLength", 0)
          && length <= smallest("maxLength", Compiler.UNBOUNDED)
          && (language == null || Languages.accepts(language, value.textValue()));
    }
    return !value.isNumber() || numbers().contain(value.decimalValue());
  }

  Numbers numbers() {
    Numbers numbers = new Numbers();
    all("minimum").forEach(b -> numbers.atLeast(b.decimalValue(), true));
    all("exclusiveMinimum").forEach(b -> numbers.atLeast(b.decimalValue(), false));
    all("maximum").forEach(b -> numbers.atMost(b.decimalValue(), true));
    all("exclusiveMaximum").forEach(b -> numbers.atMost(b.decimalValue(), false));
    all("multipleOf").forEach(d -> numbers.multipleOf(d.decimalValue()));
    for (JsonNode value : not.values) {
      if (value.isNumber()) {
        numbers.except(value.decimalValue());
      }
    }
    return numbers;
  }

  /** The strings, when more than their length is said about them; else null. */
  Automaton strings() {
    List<Automaton> languages = new ArrayList<>();
    all("pattern").forEach(p -> languages.add(Regex.of(p.asText())));
    for (JsonNode format : all("format")) {
      Automaton language = Formats.language(format.asText());
      if (language != null) {
        languages.add(language);
      }
    }
    not.patterns.forEach(p -> languages.add(Languages.minus(Languages.ANY, Regex.of(p))));
    for (JsonNode value : not.values) {
      if (value.isTextual()) {
        languages.add(Languages.minus(Languages.ANY, Automata.makeString(value.textValue())));
      }
    }
    if (languages.isEmpty()) {
      return null;
    }
    languages.add(lengths());
    return languages.stream().reduce(Languages.ANY, Languages::intersect);
  }

  /** The strings, whatever is said about them. */
  Automaton allStrings() {
    Automaton constrained = strings();
    return constrained == null ? Languages.intersect(Languages.ANY, lengths()) : constrained;
  }

  private Automaton lengths() {
    int least = largest("minLength", 0);
    int most = smallest("maxLength", Compiler.UNBOUNDED);
    if (least > LONGEST_COUNTED || (most > LONGEST_COUNTED && most < Compiler.UNBOUNDED)) {
      throw new SchemaException(
          "minLength and maxLength above %d together with a pattern, format or not"
              .formatted(LONGEST_COUNTED));
    }
    if (least > most) {
      return Automata.makeEmpty();
    }
    return most == Compiler.UNBOUNDED
        ? Operations.repeat(Languages.CHARACTER, least)
        : Operations.repeat(Languages.CHARACTER, least, most);
  }
}
