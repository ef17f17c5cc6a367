package dev.outcrop.wire.protocol;

import software.amazon.awssdk.core.SdkPojo;

/**
 * An error as it is written to the wire.
 *
 * @param code the error's name, for example {@code ValidationException}
 * @param queryCode the name that Query clients know it by
 * @param status the HTTP status
 * @param message what went wrong, for people
 * @param members the exception, for its further members; or null
 */
public record Failure(String code, String queryCode, int status, String message, SdkPojo members) {

  /** Whether the caller, and not the service, is at fault. */
  public boolean sender() {
    return status < 500;
  }
}
