package dev.outcrop.wire;

import dev.outcrop.operations.Operation;

/**
 * What is true of the request being served, bound for the length of it.
 *
 * @param requestId unique; answered as {@code x-amzn-RequestId}
 * @param account twelve digits
 * @param region for example {@code us-east-1}
 * @param caller ARN of who is asking
 * @param key the credential the request came with: an access key id or the name of an API key, as
 *     claimed until an {@link Interceptor} has checked it; {@link #NO_KEY} without one, never a
 *     secret
 * @param operation what is asked for
 * @param trace the trace that the request is a part of; null when it names none
 */
public record RequestContext(
    String requestId,
    String account,
    String region,
    String caller,
    String key,
    Operation operation,
    CallerTrace trace) {

  public static final String DEFAULT_ACCOUNT = "000000000000";
  public static final String DEFAULT_REGION = "us-east-1";
  public static final String NO_KEY = "none";

  private static final ScopedValue<RequestContext> CURRENT = ScopedValue.newInstance();

  /** A context of no credential. */
  public RequestContext(
      String requestId, String account, String region, String caller, Operation operation) {
    this(requestId, account, region, caller, NO_KEY, operation);
  }

  /** A context outside any trace. */
  public RequestContext(
      String requestId,
      String account,
      String region,
      String caller,
      String key,
      Operation operation) {
    this(requestId, account, region, caller, key, operation, null);
  }

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
    return new RequestContext(id, account, region, caller, key, other, trace);
  }

  /** This context with a credential that was checked. */
  public RequestContext withKey(String checked) {
    return withCaller(caller, checked);
  }

  /**
   * This context with a caller who was found out by a credential.
   *
   * @param who their ARN
   * @param checked the credential's name
   */
  public RequestContext withCaller(String who, String checked) {
    return new RequestContext(requestId, account, region, who, checked, operation, trace);
  }

  /** This context as a part of a trace; null for none. */
  public RequestContext withTrace(CallerTrace from) {
    return new RequestContext(requestId, account, region, caller, key, operation, from);
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
