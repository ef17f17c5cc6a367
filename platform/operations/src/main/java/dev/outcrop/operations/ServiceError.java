package dev.outcrop.operations;

/**
 * An error that a service models.
 *
 * @param code the code in JSON, CBOR and REST-XML answers, and in Query ones where the service
 *     speaks Query only
 * @param queryCode the code that old Query clients know; the same as {@code code} but for services
 *     that moved from Query to another protocol (CloudWatch)
 * @param status the HTTP status
 * @param exceptionClass the SDK's exception class
 */
public record ServiceError(String code, String queryCode, int status, String exceptionClass) {

  /** Whether the service, and not the caller, is at fault. */
  public boolean serverFault() {
    return status >= 500;
  }
}
