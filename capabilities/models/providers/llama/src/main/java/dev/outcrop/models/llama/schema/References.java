package dev.outcrop.models.llama.schema;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Finds what a {@code $ref} means; within the one document only. */
final class References {
  private final JsonNode root;

  References(JsonNode root) {
    this.root = root;
  }

  Optional<JsonNode> target(JsonNode schema) {
    for (String keyword : List.of("$ref", "$dynamicRef", "$recursiveRef")) {
      if (schema.has(keyword)) {
        return Optional.of(find(schema.get(keyword).asText()));
      }
    }
    return Optional.empty();
  }

  private JsonNode find(String reference) {
    String text = reference;
    String id = root.path("$id").asText();
    if (!id.isEmpty() && text.startsWith(id)) {
      text = text.substring(id.length());
    }
    if (text.isEmpty() || text.equals("#")) {
      return root;
    }
    JsonNode found = null;
    if (text.startsWith("#/")) {
      String pointer =
          URLDecoder.decode(text.substring(1).replace("+", "%2B"), StandardCharsets.UTF_8);
      found = root.at(JsonPointer.compile(pointer));
    } else if (text.startsWith("#")) {
      found = named("$anchor", text.substring(1), root);
      if (found == null) {
        found = named("$dynamicAnchor", text.substring(1), root);
      }
    } else {
      found = named("$id", text, root);
    }
    if (found == null || found.isMissingNode()) {
      throw new SchemaException("$ref " + reference + " points to nothing inside the schema");
    }
    return found;
  }

  private static JsonNode named(String keyword, String name, JsonNode in) {
    if (in.path(keyword).asText("").equals(name)) {
      return in;
    }
    for (JsonNode child : in) {
      JsonNode found = named(keyword, name, child);
      if (found != null) {
        return found;
      }
    }
    return null;
  }
}
