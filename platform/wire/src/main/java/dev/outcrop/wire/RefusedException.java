package dev.outcrop.wire;

/**
 * A call refused with one of the errors that every AWS service shares, or with one that a service's
 * SDK does not model. Capabilities throw their SDK's own exceptions; this is for what has none.
 */
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final int status;

  public RefusedException(String code, int status, String message) {
    super(message, null, false, false);
    this.code = code;
    this.status = status;
  }

  /** A body or parameter that cannot be read as what the operation declares. */
  public static RefusedException serialization(String message) {
    return new RefusedException("SerializationException", 400, message);
  }

  public static RefusedException validation(String message) {
    return new RefusedException("ValidationException", 400, message);
  }

  public static RefusedException unknownOperation(String message) {
    return new RefusedException("UnknownOperationException", 404, message);
  }

  /** 501 is not in the SDKs' lists of statuses worth a retry. */
  public static RefusedException notImplemented(String operation) {
    return new RefusedException(
        "NotImplementedException",
        501,
        operation + " is not implemented in Outcrop. `outcrop coverage` lists what is.");
  }

  public static RefusedException accessDenied(String message) {
    return new RefusedException("AccessDeniedException", 403, message);
  }

  public static RefusedException throttled(String message) {
    return new RefusedException("ThrottlingException", 429, message);
  }

  public static RefusedException tooLarge(String message) {
    return new RefusedException("RequestEntityTooLargeException", 413, message);
  }

  /** The error code, as SDKs read it. */
  public String code() {
    return code;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }
}
