package dev.outcrop.models.upstream;

/**
 * A call of an upstream that failed. {@link Upstream} decides by it whether to try again, and turns
 * the last one into Bedrock Runtime's exception.
 */
public final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Who is at fault, and what may be done about it. */
  public enum Kind {
    /** The request is wrong; another try would be, too. */
    INVALID,
    /** The key is not accepted; another one may be. */
    UNAUTHORIZED,
    /** The key may not do this. */
    FORBIDDEN,
    /** There is no such model. */
    NOT_FOUND,
    /** Too many requests for this key. */
    THROTTLED,
    /** The key's money is used up. */
    EXHAUSTED,
    /** Nothing came in time. */
    TIMEOUT,
    /** The service has more to do than it can, or is down. */
    UNAVAILABLE,
    /** An internal error, a broken connection, or an answer that makes no sense. */
    BROKEN
  }

  private final Kind kind;
  private final int status;

  /** Nanoseconds the upstream asks to wait; -1 when it says nothing. */
  private final long wait;

  private Failure(Kind kind, int status, String message, long wait, Throwable cause) {
    super(message, cause, false, cause != null);
    this.kind = kind;
    this.status = status;
    this.wait = wait;
  }

  public Failure(Kind kind, int status, String message) {
    this(kind, status, message, -1, null);
  }

  public Failure(Kind kind, String message, Throwable cause) {
    this(kind, 0, message, -1, cause);
  }

  /** What a status of HTTP means unless the body says better. */
  public static Failure ofStatus(int status, String message) {
    Kind kind =
        switch (status) {
          case 401 -> Kind.UNAUTHORIZED;
          case 402 -> Kind.EXHAUSTED;
          case 403 -> Kind.FORBIDDEN;
          case 404 -> Kind.NOT_FOUND;
          case 408, 504, 524 -> Kind.TIMEOUT;
          case 429 -> Kind.THROTTLED;
          case 503, 529 -> Kind.UNAVAILABLE;
          // Not implemented: asking again, or counting it against the server, would be no use.
          case 501 -> Kind.INVALID;
          default -> status >= 400 && status < 500 ? Kind.INVALID : Kind.BROKEN;
        };
    return new Failure(kind, status, message);
  }

  public Kind kind() {
    return kind;
  }

  /** The status of HTTP; 0 when there was none. */
  public int status() {
    return status;
  }

  long waitNanos() {
    return wait;
  }

  Failure withWait(long nanos) {
    return new Failure(kind, status, getMessage(), nanos, getCause());
  }

  Failure withMessage(String message) {
    return new Failure(kind, status, message, wait, getCause());
  }

  /** Whether the endpoint is to blame, as opposed to the request or the key. */
  boolean endpointFault() {
    return kind == Kind.TIMEOUT || kind == Kind.UNAVAILABLE || kind == Kind.BROKEN;
  }

  /** Whether another key may do. */
  boolean keyFault() {
    return kind == Kind.UNAUTHORIZED || kind == Kind.THROTTLED || kind == Kind.EXHAUSTED;
  }
}
