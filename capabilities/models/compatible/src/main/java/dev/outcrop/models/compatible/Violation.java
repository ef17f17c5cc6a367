package dev.outcrop.models.compatible;

import java.util.Map;
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

  /** How local models refuse a field, by its place in Converse's request. */
  private static final Pattern FIELD =
      Pattern.compile("This model doesn't support the (\\S+) field\\. .*", Pattern.DOTALL);

  private static final Map<String, String> BY_CONVERSE =
      Map.of(
          "outputConfig", "response_format",
          "toolConfig", "tools",
          "inferenceConfig.maxTokens", "max_completion_tokens",
          "inferenceConfig.topP", "top_p",
          "inferenceConfig.temperature", "temperature",
          "inferenceConfig.stopSequences", "stop");

  private Violation() {}

  static ApiError error(String sent) {
    String message = named(sent);
    Matcher field = FIELD.matcher(message);
    if (field.matches()) {
      return ApiError.invalid("unsupported_parameter", field.group(1), message);
    }
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

  /** Converse's names are not those that the client sent. */
  private static String named(String message) {
    String named = message.replace("additionalModelRequestFields.", "");
    for (Map.Entry<String, String> name : BY_CONVERSE.entrySet()) {
      named = named.replace(name.getKey(), name.getValue());
    }
    return named;
  }
}
