package dev.outcrop.wire;

import dev.outcrop.operations.Operation;

/**
 * What is true of the request being served, bound for the length of it.
 *
 * @param requestId unique; answered as {@code x-amzn-RequestId}
 * @param account twelve digits
 * @param region for example {@code us-east-1}
 * @param caller ARN of who is asking
 * @param operation what is asked for
 */
public record RequestContext(
    String requestId, String account, String region, String caller, Operation operation) {

  public static final String DEFAULT_ACCOUNT = "000000000000";
  public static final String DEFAULT_REGION = "us-east-1";

  private static final ScopedValue<RequestContext> CURRENT = ScopedValue.newInstance();

  /** The request being served by this thread; outside one, the defaults with no operation. */
  public static RequestContext current() {
    return CURRENT.isBound()
        ? CURRENT.get()
        : new RequestContext(
            "none",
            DEFAULT_ACCOUNT,
            DEFAULT_REGION,
            "arn:aws:iam::" + DEFAULT_ACCOUNT + ":root",
            null);
  }

  /** The context of another operation, asked for by the same caller. */
  public RequestContext forOperation(String id, Operation other) {
    return new RequestContext(id, account, region, caller, other);
  }

  /** Runs the work with this context bound. */
  public <T, X extends Throwable> T call(ScopedValue.CallableOp<T, X> work) throws X {
    return ScopedValue.where(CURRENT, this).call(work);
  }

  /**
   * The ARN of a resource of this account and region: {@code
   * arn:aws:service:region:account:resource}.
   */
  public String arn(String service, String resource) {
    return "arn:aws:" + service + ":" + region + ":" + account + ":" + resource;
  }
}
