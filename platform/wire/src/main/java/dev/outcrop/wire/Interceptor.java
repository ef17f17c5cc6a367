package dev.outcrop.wire;

import software.amazon.awssdk.core.SdkRequest;

/**
 * What stands between the wire and the capabilities: authentication, authorization, quotas,
 * metering, audit. Interceptors are asked in the order they are given to the {@link Dispatcher};
 * one refuses a call by throwing {@link RefusedException} or an SDK exception.
 */
public interface Interceptor {

  /**
   * Before the request is read: who is asking?
   *
   * @param exchange the request; its body is not to be touched
   * @param body the whole body as it was sent and signed, with any gzip still on, or null where it
   *     streams
   * @param context what is known so far
   * @return the context to go on with
   */
  default RequestContext admit(HttpExchange exchange, byte[] body, RequestContext context) {
    return context;
  }

  /**
   * What checks the signatures inside a streamed body of an admitted request; null when they are
   * not looked at.
   */
  default StreamSignatures signatures(HttpExchange exchange, RequestContext context) {
    return null;
  }

  /**
   * Around the capability's method, with the request read and valid and {@link
   * RequestContext#current()} bound.
   */
  default Object around(SdkRequest request, Call call) throws Exception {
    return call.proceed();
  }

  /** The rest of the way. */
  @FunctionalInterface
  interface Call {
    Object proceed() throws Exception;
  }
}
