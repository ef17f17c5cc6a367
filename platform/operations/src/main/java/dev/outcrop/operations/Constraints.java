package dev.outcrop.operations;

import java.util.List;
import software.amazon.awssdk.core.SdkPojo;

/**
 * Checks requests against what their service's model demands: required members, lengths, ranges,
 * patterns, enums, and one member in a union.
 *
 * <p>The demands come from botocore's service models by way of a committed table. Patterns are
 * matched against whole texts and never for long. Streams of bytes and of events are not looked at.
 */
public final class Constraints {
  private static final List<String> CODES =
      List.of(
          "ValidationException",
          "InvalidParameterValueException",
          "BadRequestException",
          "InvalidRequestException");

  private static final class Loaded {
    static final ConstraintTable TABLE = new ConstraintTable();
  }

  private Constraints() {}

  /**
   * Passes a request that keeps all constraints.
   *
   * @throws InvalidRequestException with AWS's message for up to ten violations
   */
  public static void check(Operation operation, SdkPojo request) {
    List<Violation> violations = violations(operation, request);
    if (!violations.isEmpty()) throw new InvalidRequestException(code(operation), violations);
  }

  /** What is wrong with a request, ten things at most; nothing for a service without a model. */
  public static List<Violation> violations(Operation operation, SdkPojo request) {
    ConstraintTable.OfService types = table().service(operation.service());
    int input = types.input(operation.name());
    if (input < 0) return List.of();
    RequestCheck check = new RequestCheck(types);
    check.value(input, request, "");
    return check.violations();
  }

  /** The code of the error that tells a caller of this operation that its request is invalid. */
  public static String code(Operation operation) {
    if (operation.protocol() == Protocol.QUERY) return "ValidationError";
    if (operation.protocol() == Protocol.REST_XML) return "InvalidArgument";
    if (operation.protocol() != Protocol.REST_JSON) return "ValidationException";
    List<String> modelled =
        OperationIndex.get().errors(operation.service()).stream().map(ServiceError::code).toList();
    return CODES.stream().filter(modelled::contains).findFirst().orElse("ValidationException");
  }

  static ConstraintTable table() {
    return Loaded.TABLE;
  }
}
