package dev.outcrop.metering.ledger;

import dev.outcrop.wire.ClientGoneException;
import dev.outcrop.wire.RefusedException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** What a failure is called in the ledger and in metrics: the code that the client was given. */
public final class FailureCode {
  /** The client left before the end. */
  public static final String CLIENT_GONE = "ClientGone";

  private FailureCode() {}

  public static String of(Throwable failure) {
    return switch (failure) {
      case AwsServiceException aws
          when aws.awsErrorDetails() != null && aws.awsErrorDetails().errorCode() != null ->
          aws.awsErrorDetails().errorCode();
      case AwsServiceException aws -> aws.getClass().getSimpleName();
      case RefusedException refused -> refused.code();
      case ClientGoneException gone -> CLIENT_GONE;
      case InterruptedException left -> CLIENT_GONE;
      default -> "InternalServerException";
    };
  }
}
