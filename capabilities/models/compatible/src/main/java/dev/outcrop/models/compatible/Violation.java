package dev.outcrop.models.compatible;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Violations worded as Bedrock words them, told as OpenAI tells them, with the parameter apart. */
final class Violation {

  private static final String BEFORE = "Malformed input request: ";
  private static final String AFTER = ", please reformat your input and try again.";
  private static final Pattern AT = Pattern.compile("#/([^: ]+): (.*)", Pattern.DOTALL);
  private static final Pattern MISSING = Pattern.compile("required key \\[([^]]+)] not found");
  private static final Pattern UNKNOWN =
      Pattern.compile("extraneous key \\[([^]]+)] is not permitted");
  private static final Pattern UNSUPPORTED =
      Pattern.compile("([a-z][\\w./]*) is not supported: .*", Pattern.DOTALL);

  private Violation() {}

  static ApiError error(String message) {
    Matcher unsupported = UNSUPPORTED.matcher(message);
    if (unsupported.matches()) {
      String param = dotted(unsupported.group(1));
      return ApiError.invalid(
          "unsupported_parameter", param, param + message.substring(unsupported.end(1)));
    }
    if (!message.startsWith(BEFORE) || !message.endsWith(AFTER)) {
      return ApiError.invalid(null, null, message);
    }
    String text = message.substring(BEFORE.length(), message.length() - AFTER.length());
    Matcher at = AT.matcher(text);
    return at.matches() ? at(dotted(at.group(1)), at.group(2)) : at("", text);
  }

  private static ApiError at(String place, String problem) {
    Matcher missing = MISSING.matcher(problem);
    if (missing.matches()) {
      String param = inside(place, missing.group(1));
      return ApiError.invalid(
          "missing_required_parameter", param, "Missing required parameter: '" + param + "'.");
    }
    Matcher unknown = UNKNOWN.matcher(problem);
    if (unknown.matches()) {
      String param = inside(place, unknown.group(1));
      return ApiError.invalid("unknown_parameter", param, "Unknown parameter: '" + param + "'.");
    }
    return place.isEmpty()
        ? ApiError.invalid(null, null, problem)
        : ApiError.invalid("invalid_value", place, "Invalid '" + place + "': " + problem);
  }

  private static String inside(String place, String key) {
    return place.isEmpty() ? key : place + "." + key;
  }

  /** {@code messages/0/content} as {@code messages[0].content}. */
  private static String dotted(String pointer) {
    return pointer.replaceAll("/(\\d+)", "[$1]").replace('/', '.');
  }
}
