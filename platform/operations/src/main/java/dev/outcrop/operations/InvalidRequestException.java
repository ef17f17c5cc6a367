package dev.outcrop.operations;

import java.util.List;

/**
 * A request breaks the constraints of its service's model; the message is the one AWS would give.
 */
public final class InvalidRequestException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String code;
  private final transient List<Violation> violations;

  InvalidRequestException(String code, List<Violation> violations) {
    super(Violation.message(violations), null, false, false);
    this.code = code;
    this.violations = violations;
  }

  /** The error code that the service answers invalid requests with; the HTTP status is 400. */
  public String code() {
    return code;
  }

  /** What is wrong, at least one thing. */
  public List<Violation> violations() {
    return violations;
  }
}
