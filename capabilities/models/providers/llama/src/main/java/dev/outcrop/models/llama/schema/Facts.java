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

  private static final int LONGEST_NUMBER = 400;

  final List<ObjectNode> schemas;
  final Gaps gaps;
  private final boolean formats;
  private final Exclusions not = new Exclusions();

  /**
   * @param formats whether to write formats; else they say nothing
   */
  Facts(List<ObjectNode> schemas, Gaps gaps, boolean formats) {
    this.schemas = schemas;
    this.gaps = gaps;
    this.formats = formats;
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

  /** The members that it must not have. */
  Set<String> forbidden() {
    return not.members;
  }

  /** Whether this value is taken out. */
  boolean without(JsonNode value) {
    return Exclusions.contains(not.values, value);
  }

  /** Notes it when containers are taken out, which can't be told by a grammar. */
  void containers(String type) {
    if (not.values.stream().anyMatch(v -> type.equals("array") ? v.isArray() : v.isObject())) {
      gaps.add();
    }
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
    if (left.contains("number") || not.whole) {
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
      if (schemas.stream().anyMatch(Facts::ofContainers)) {
        gaps.add();
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

  private static boolean ofContainers(ObjectNode schema) {
    return schema.properties().stream().anyMatch(e -> OF_CONTAINERS.contains(e.getKey()));
  }

  Numbers numbers() {
    Numbers numbers = new Numbers();
    decimals("minimum").forEach(b -> numbers.atLeast(b, true));
    decimals("exclusiveMinimum").forEach(b -> numbers.atLeast(b, false));
    decimals("maximum").forEach(b -> numbers.atMost(b, true));
    decimals("exclusiveMaximum").forEach(b -> numbers.atMost(b, false));
    for (BigDecimal divisor : decimals("multipleOf")) {
      if (!numbers.multipleOf(divisor)) {
        gaps.add();
      }
    }
    not.values.stream().filter(JsonNode::isNumber).forEach(v -> numbers.except(decimal("not", v)));
    if (not.whole) {
      numbers.fractions();
    }
    return numbers;
  }

  private List<BigDecimal> decimals(String keyword) {
    return all(keyword).stream().map(v -> decimal(keyword, v)).toList();
  }

  private static BigDecimal decimal(String keyword, JsonNode value) {
    if (!value.isNumber()) {
      throw new SchemaException(keyword + " must be a number");
    }
    BigDecimal number = value.decimalValue();
    if (number.precision() > LONGEST_NUMBER || Math.abs(number.scale()) > LONGEST_NUMBER) {
      throw new SchemaException("a number at " + keyword + " has too many digits");
    }
    return number;
  }

  /** The strings, when more than their length is said about them; else null. */
  Automaton strings() {
    List<Automaton> languages = new ArrayList<>();
    all("pattern").forEach(p -> languages.add(pattern(p)));
    for (JsonNode format : all("format")) {
      Automaton language = formats ? Formats.language(format.asText()) : null;
      if (language != null) {
        languages.add(language);
      }
    }
    not.patterns.forEach(p -> unmatched(p, languages));
    List<Automaton> excluded =
        not.values.stream()
            .filter(JsonNode::isTextual)
            .map(v -> Automata.makeString(v.textValue()))
            .toList();
    if (!excluded.isEmpty()) {
      languages.add(Languages.minus(Languages.ANY, Operations.union(excluded)));
    }
    if (languages.isEmpty()) {
      return null;
    }
    Automaton all = Languages.ANY;
    for (Automaton language : languages) {
      all = both(all, language);
    }
    int most = smallest("maxLength", Compiler.UNBOUNDED);
    if (most > LONGEST_COUNTED && most < Compiler.UNBOUNDED && !longer(all)) {
      return both(all, lengths(LONGEST_COUNTED));
    }
    return both(all, lengths(most));
  }

  private static boolean longer(Automaton language) {
    Automaton longer = Operations.repeat(Languages.CHARACTER, LONGEST_COUNTED + 1);
    return !Operations.isEmpty(Languages.intersect(language, longer));
  }

  /** Without the second where the two together are too much. */
  private Automaton both(Automaton one, Automaton other) {
    try {
      return Languages.intersect(one, other);
    } catch (SchemaException.TooComplex e) {
      gaps.add();
      return one;
    }
  }

  private Automaton pattern(JsonNode pattern) {
    if (!pattern.isTextual()) {
      throw new SchemaException("a pattern in it is no string");
    }
    Regex regex = Regex.of(pattern.textValue());
    if (!regex.exact()) {
      gaps.add();
    }
    return regex.language();
  }

  private void unmatched(String pattern, List<Automaton> languages) {
    try {
      Regex regex = Regex.of(pattern);
      if (regex.exact()) {
        languages.add(Languages.minus(Languages.ANY, regex.language()));
        return;
      }
    } catch (SchemaException.TooComplex e) {
      // Left out, as what is not exact.
    }
    gaps.add();
  }

  /** The strings, whatever is said about them. */
  Automaton allStrings() {
    Automaton constrained = strings();
    return constrained == null
        ? Languages.intersect(Languages.ANY, lengths(smallest("maxLength", Compiler.UNBOUNDED)))
        : constrained;
  }

  private Automaton lengths(int longest) {
    int least = largest("minLength", 0);
    int most = longest;
    if (least > most) {
      return Automata.makeEmpty();
    }
    if (least > LONGEST_COUNTED || (most > LONGEST_COUNTED && most < Compiler.UNBOUNDED)) {
      gaps.add();
      least = Math.min(least, LONGEST_COUNTED);
      most = Compiler.UNBOUNDED;
    }
    return most == Compiler.UNBOUNDED
        ? Operations.repeat(Languages.CHARACTER, least)
        : Operations.repeat(Languages.CHARACTER, least, most);
  }
}
