package dev.outcrop.models.upstream;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.JsonDocuments;
import dev.outcrop.models.RuntimeErrors;
import java.util.List;
import software.amazon.awssdk.core.document.Document;

/**
 * {@code additionalModelResponseFieldPaths}: JSON pointers (RFC 6901) into the provider's own
 * answer. What they find comes back under the same path, where a step into an array is a key like
 * any other; what they don't find is left out.
 */
public final class ResponseFields {

  private ResponseFields() {}

  /**
   * Checks the pointers before the model is asked.
   *
   * @throws software.amazon.awssdk.services.bedrockruntime.model.ValidationException when one is no
   *     pointer
   */
  public static List<JsonPointer> pointers(List<String> paths) {
    return paths.stream().map(ResponseFields::pointer).toList();
  }

  private static JsonPointer pointer(String path) {
    if (path.length() < 2 || path.length() > 256 || !path.startsWith("/")) {
      throw RuntimeErrors.invalid(
          "additionalModelResponseFieldPaths: '"
              + path
              + "' is not a JSON pointer such as /stop_sequence.");
    }
    return JsonPointer.compile(path);
  }

  /** What the pointers find; null when that is nothing. */
  public static Document of(JsonNode answer, List<JsonPointer> pointers) {
    ObjectNode found = JsonNodeFactory.instance.objectNode();
    for (JsonPointer pointer : pointers) {
      JsonNode value = answer.at(pointer);
      if (!value.isMissingNode()) {
        put(found, pointer, value);
      }
    }
    return found.isEmpty() ? null : JsonDocuments.of(found);
  }

  private static void put(ObjectNode found, JsonPointer pointer, JsonNode value) {
    ObjectNode object = found;
    JsonPointer step = pointer;
    while (!step.tail().matches()) {
      JsonNode inner = object.get(step.getMatchingProperty());
      object =
          inner instanceof ObjectNode known ? known : object.putObject(step.getMatchingProperty());
      step = step.tail();
    }
    object.set(step.getMatchingProperty(), value.deepCopy());
  }
}
