package dev.outcrop.operations;

import java.util.Map;
import java.util.function.Function;

/** What a {@link Router} makes of a request's head. */
public sealed interface Resolution {

  /**
   * The request calls a known operation.
   *
   * @param operation the operation
   * @param protocol the protocol it is called by, one of the operation's
   * @param labels the path labels by name, as sent: still percent-encoded. S3's bucket is among
   *     them wherever it stood
   */
  record Found(Operation operation, Protocol protocol, Map<String, String> labels)
      implements Resolution {}

  /**
   * The request calls nothing known: an error of HTTP status 404, never another service's business.
   *
   * @param service the service that was addressed, or null where even that is unknown
   * @param protocol how the caller expects to read errors
   * @param requested what was asked for, as sent by the caller, for the error's message
   */
  record UnknownOperation(Service service, Protocol protocol, String requested)
      implements Resolution {}

  /**
   * The head is not enough: a form names its operation in the body, and two services that share a
   * path are told apart by the ARN in it.
   *
   * @param decide takes the whole body, content coding undone, and gives one of the other two
   */
  record NeedsBody(Function<byte[], Resolution> decide) implements Resolution {}
}
