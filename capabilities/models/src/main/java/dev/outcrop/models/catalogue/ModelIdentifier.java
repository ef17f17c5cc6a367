package dev.outcrop.models.catalogue;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The forms in which requests name models. The region of an ARN is not compared: knowledge bases
 * and flows keep ARNs that were written for another one.
 */
final class ModelIdentifier {

  private static final Pattern ARN =
      Pattern.compile(
          "arn:aws(?:-[^:]+)?:bedrock:[a-z0-9-]{1,20}:(?::foundation-model|(?:\\d{12})?:"
              + "(?:inference-profile|custom-model|imported-model|custom-model-deployment"
              + "|provisioned-model))/(.+)");

  private static final Pattern PROMPT =
      Pattern.compile("arn:aws(?:-[^:]+)?:bedrock:[a-z0-9-]{1,20}:\\d{12}:prompt/.+");

  /** The areas whose inference profiles AWS defines. */
  private static final Pattern AREA =
      Pattern.compile("(?:us|eu|apac|global|us-gov|jp|au|ca)\\.(.+)");

  private ModelIdentifier() {}

  /** The id of a model or inference profile inside an ARN, or the identifier itself. */
  static String id(String identifier) {
    if (!identifier.startsWith("arn:")) {
      return identifier;
    }
    Matcher arn = ARN.matcher(identifier);
    return arn.matches() ? arn.group(1) : identifier;
  }

  /** The model id inside the id of an inference profile ({@code us.…}), or the id itself. */
  static String withoutArea(String id) {
    Matcher area = AREA.matcher(id);
    return area.matches() ? area.group(1) : id;
  }

  /** Whether it is the ARN of a prompt of Prompt management. */
  static boolean isPrompt(String identifier) {
    return identifier.startsWith("arn:") && PROMPT.matcher(identifier).matches();
  }
}
