package dev.outcrop.models.llama;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;

/** Schemas made up of all sorts of keywords, each with values that end soon. */
final class RandomSchemas {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final List<String> PATTERNS =
      List.of("^[a-z]{2,4}$", "^\\d{3}-\\d{2}$", "^(on|off)$", "^[A-Z][a-z]{0,5}( [A-Z])?$");
  private static final List<String> FORMATS = List.of("date", "time", "uuid", "ipv4");

  private RandomSchemas() {}

  static String object(Random random) {
    return object(random, 3).toString();
  }

  private static ObjectNode object(Random random, int depth) {
    ObjectNode schema = JSON.objectNode().put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = schema.putArray("required");
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      properties.set("p" + i, value(random, depth - 1));
      if (random.nextBoolean()) {
        required.add("p" + i);
      }
    }
    switch (random.nextInt(4)) {
      case 0 -> schema.put("additionalProperties", false);
      case 1 -> {
        schema.set("additionalProperties", text(random));
        schema.put("maxProperties", count + 1);
      }
      case 2 -> schema.put("minProperties", 1);
      default -> {
        // Says nothing of others.
      }
    }
    return schema;
  }

  private static ObjectNode value(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 9 : 6)) {
      case 0 -> text(random);
      case 1 -> number(random);
      case 2 -> JSON.objectNode().put("type", "boolean");
      case 3 -> {
        ObjectNode schema = JSON.objectNode();
        schema.putArray("enum").add("a").add(1 + random.nextInt(9)).addNull().add("b c");
        yield schema;
      }
      case 4 -> {
        ObjectNode schema =
            JSON.objectNode().put("maxLength", 4).put("minimum", 0).put("maximum", 9);
        schema.putArray("type").add("string").add("integer").add("null");
        yield schema;
      }
      case 5 -> JSON.objectNode().put("const", "fixed" + random.nextInt(3));
      case 6 -> object(random, depth);
      case 7 -> {
        ObjectNode schema = JSON.objectNode();
        schema.putArray("anyOf").add(object(random, depth)).add(number(random)).add(text(random));
        yield schema;
      }
      default -> {
        ObjectNode schema = JSON.objectNode().put("type", "array");
        schema.put("minItems", random.nextInt(2)).put("maxItems", 1 + random.nextInt(3));
        boolean unique = random.nextBoolean();
        schema.set("items", unique ? number(random) : value(random, depth - 1));
        yield schema.put("uniqueItems", unique);
      }
    };
  }

  private static ObjectNode text(Random random) {
    ObjectNode schema = JSON.objectNode().put("type", "string");
    return switch (random.nextInt(3)) {
      case 0 -> schema.put("pattern", PATTERNS.get(random.nextInt(PATTERNS.size())));
      case 1 -> schema.put("format", FORMATS.get(random.nextInt(FORMATS.size())));
      default -> schema.put("minLength", random.nextInt(3)).put("maxLength", 3 + random.nextInt(5));
    };
  }

  private static ObjectNode number(Random random) {
    ObjectNode schema = JSON.objectNode();
    return switch (random.nextInt(4)) {
      case 0 ->
          schema.put("type", "integer").put("minimum", -20).put("maximum", random.nextInt(900));
      case 1 -> schema.put("type", "number").put("minimum", 0).put("exclusiveMaximum", 1);
      case 2 -> schema.put("type", "integer").put("multipleOf", 2 + random.nextInt(9));
      default -> schema.put("type", "number").put("multipleOf", 0.25).put("minimum", -3);
    };
  }
}
