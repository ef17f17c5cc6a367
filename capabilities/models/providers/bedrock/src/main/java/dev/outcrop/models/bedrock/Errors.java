package dev.outcrop.models.bedrock;

import dev.outcrop.wire.ClientGoneException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.bedrockruntime.model.AccessDeniedException;
import software.amazon.awssdk.services.bedrockruntime.model.BedrockRuntimeException;
import software.amazon.awssdk.services.bedrockruntime.model.ModelErrorException;
import software.amazon.awssdk.services.bedrockruntime.model.ModelStreamErrorException;
import software.amazon.awssdk.services.bedrockruntime.model.ModelTimeoutException;
import software.amazon.awssdk.services.bedrockruntime.model.ServiceUnavailableException;

/**
 * What goes wrong with real Bedrock: its own errors stay as they are; those about the credentials,
 * which are not the client's, and those of the way there get a name.
 */
record Errors(String provider) {

  /** Errors that blame the signature or the key of the request. */
  private static final Set<String> CREDENTIALS =
      Set.of(
          "UnrecognizedClientException",
          "InvalidClientTokenId",
          "InvalidSignatureException",
          "SignatureDoesNotMatch",
          "IncompleteSignature",
          "IncompleteSignatureException",
          "MissingAuthenticationToken",
          "MissingAuthenticationTokenException",
          "ExpiredToken",
          "ExpiredTokenException");

  /** What to throw for a failure before anything was answered. */
  RuntimeException before(Throwable thrown) {
    Throwable cause = cause(thrown);
    return switch (cause) {
      case AwsServiceException e when blamesCredentials(e) -> denied(e);
      case BedrockRuntimeException e -> e;
      case AwsServiceException e -> noRole(e);
      case AbortedException e -> new ClientGoneException(e);
      case ApiCallTimeoutException e -> timeout(e);
      case ApiCallAttemptTimeoutException e -> timeout(e);
      case SdkClientException e when lacksCredentials(e) -> denied(e);
      case SdkClientException e when timedOut(e) -> timeout(e);
      case SdkClientException e when refused(e) ->
          (RuntimeException)
              ServiceUnavailableException.builder()
                  .message(name() + " cannot be reached.")
                  .cause(e)
                  .build();
      case SdkClientException e ->
          (RuntimeException)
              ModelErrorException.builder()
                  .message(name() + " failed: the connection broke or its answer makes no sense.")
                  .cause(e)
                  .build();
      case RuntimeException e -> e;
      default ->
          (RuntimeException)
              ModelErrorException.builder().message(name() + " failed.").cause(cause).build();
    };
  }

  /** What to throw for a failure after a part was answered. */
  RuntimeException after(Throwable thrown) {
    RuntimeException before = before(thrown);
    return before instanceof ClientGoneException || cause(thrown) == before
        ? before
        : (RuntimeException)
            ModelStreamErrorException.builder()
                .message(before.getMessage())
                .originalMessage(cause(thrown).getMessage())
                .cause(cause(thrown))
                .build();
  }

  /**
   * What to throw when a stream ended without its last event. The SDK takes a stream that HTTP/2
   * resets for one that is over.
   */
  ModelStreamErrorException incomplete() {
    return ModelStreamErrorException.builder()
        .message(name() + " ended its stream before the answer was complete.")
        .build();
  }

  private static Throwable cause(Throwable thrown) {
    return thrown instanceof CompletionException && thrown.getCause() != null
        ? thrown.getCause()
        : thrown;
  }

  ModelTimeoutException timeout(Throwable cause) {
    return ModelTimeoutException.builder()
        .message(name() + " did not answer in time.")
        .cause(cause)
        .build();
  }

  private AccessDeniedException denied(Exception e) {
    return AccessDeniedException.builder()
        .message(
            name()
                + " does not accept the credentials it is configured with, or has none. Check"
                + " providers."
                + provider
                + ".")
        .cause(e)
        .build();
  }

  /** The service that lends the role is the only other one that is called. */
  private RuntimeException noRole(AwsServiceException e) {
    String code = e.awsErrorDetails() == null ? "" : e.awsErrorDetails().errorCode();
    String message = name() + " could not assume its role: " + code + ".";
    if (e.statusCode() >= 500 || e.isThrottlingException()) {
      return (RuntimeException)
          ServiceUnavailableException.builder().message(message).cause(e).build();
    }
    return (RuntimeException)
        AccessDeniedException.builder()
            .message(message + " Check providers." + provider + ".role-arn.")
            .cause(e)
            .build();
  }

  private String name() {
    return "The provider '" + provider + "'";
  }

  private static boolean blamesCredentials(AwsServiceException e) {
    return e.awsErrorDetails() != null && CREDENTIALS.contains(e.awsErrorDetails().errorCode());
  }

  private static boolean lacksCredentials(SdkClientException e) {
    return e.getMessage() != null && e.getMessage().contains("Unable to load credentials");
  }

  private static boolean timedOut(Throwable e) {
    return caused(e, "timeout") || caused(e, "timed out");
  }

  private static boolean refused(Throwable e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof ConnectException || t instanceof UnknownHostException) {
        return true;
      }
    }
    return false;
  }

  private static boolean caused(Throwable e, String word) {
    for (Throwable t = e.getCause(); t != null; t = t.getCause()) {
      String name = t.getClass().getSimpleName() + " " + t.getMessage();
      if (name.toLowerCase(Locale.ROOT).contains(word)) {
        return true;
      }
    }
    return false;
  }
}
