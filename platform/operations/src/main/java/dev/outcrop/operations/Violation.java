package dev.outcrop.operations;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One thing wrong with a request.
 *
 * @param path where, in AWS's way of writing: {@code messages.1.member.content}
 * @param value the value as the message shows it, null where there is none; cut when long
 * @param secret whether the value is kept out of the message
 * @param constraint what was demanded: {@code Member must not be null}
 */
public record Violation(String path, String value, boolean secret, String constraint) {
  private static final int LONGEST_VALUE = 1_000;

  /** {@code Value 'x' at 'path' failed to satisfy constraint: …}. */
  @Override
  public String toString() {
    String shown = secret ? "Value" : value == null ? "Value null" : "Value '" + brief() + "'";
    return shown + " at '" + path + "' failed to satisfy constraint: " + constraint;
  }

  private String brief() {
    return value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE) + "...";
  }

  /** {@code 2 validation errors detected: …; …}, as AWS writes it. */
  public static String message(List<Violation> violations) {
    return violations.size()
        + (violations.size() == 1
            ? " validation error detected: "
            : " validation errors detected: ")
        + violations.stream().map(Violation::toString).collect(Collectors.joining("; "));
  }
}
