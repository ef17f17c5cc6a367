package dev.outcrop.models.bodies;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outcrop.models.RuntimeErrors;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/** What can be wrong with a body, in Bedrock's words. */
final class Violations {

  private Violations() {}

  static ValidationException malformed(String problem) {
    return RuntimeErrors.invalid(
        "Malformed input request: " + problem + ", please reformat your input and try again.");
  }

  /** A problem at a place; the body as a whole needs no naming. */
  static ValidationException at(String pointer, String problem) {
    return malformed(pointer.equals("#") ? problem : pointer + ": " + problem);
  }

  /** The number at a place, which has to be in a range. */
  static double ranged(String pointer, JsonNode value, double least, double most) {
    double number = value.doubleValue();
    if (number < least) {
      throw at(pointer, value + " is not greater or equal to " + plain(least));
    }
    if (number > most) {
      throw at(pointer, value + " is not less or equal to " + plain(most));
    }
    return number;
  }

  private static String plain(double bound) {
    return bound == Math.rint(bound) ? String.valueOf((long) bound) : String.valueOf(bound);
  }

  /** A value's type, as Bedrock names it. */
  static String type(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> "JSONObject";
      case ARRAY -> "JSONArray";
      case STRING -> "String";
      case BOOLEAN -> "Boolean";
      case NULL -> "Null";
      case NUMBER -> node.isIntegralNumber() ? "Integer" : "Number";
      default -> "nothing";
    };
  }
}
