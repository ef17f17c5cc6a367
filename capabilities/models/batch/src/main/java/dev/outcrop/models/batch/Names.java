package dev.outcrop.models.batch;

import java.security.SecureRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ids and ARNs of one kind of work.
 *
 * @param resource the word in the ARN, for example {@code model-invocation-job}
 */
record Names(String resource) {
  static final Names JOB = new Names("model-invocation-job");
  static final Names INVOCATION = new Names("async-invoke");

  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
  private static final int LENGTH = 12;
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Pattern ARN =
      Pattern.compile(
          "arn:aws(?:-[^:]+)?:bedrock:[a-z0-9-]{1,20}:\\d{12}:([a-z-]+)/([a-z0-9]{12})");

  /** Twelve lower-case letters and digits. */
  static String newId() {
    StringBuilder id = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      id.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
    }
    return id.toString();
  }

  /** The id in an ARN of this kind; what is no such ARN as it is. */
  String id(String identifier) {
    Matcher arn = ARN.matcher(identifier);
    return arn.matches() && arn.group(1).equals(resource) ? arn.group(2) : identifier;
  }
}
