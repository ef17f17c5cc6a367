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
          "arn:aws(?:-[^:]+)?:bedrock:[a-z0-9-]{1,20}:"
              + "(?::foundation-model|(?:\\d{12})?:(?:inference-profile|custom-model|imported-model))"
              + "/(.+)");

  private ModelIdentifier() {}

  /** The model id inside an ARN, or the identifier itself. */
  static String id(String identifier) {
    Matcher arn = ARN.matcher(identifier);
    return arn.matches() ? arn.group(1) : identifier;
  }
}
