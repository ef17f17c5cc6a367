package dev.outcrop.access;

import dev.outcrop.operations.Operation;
import dev.outcrop.operations.Protocol;
import dev.outcrop.wire.RefusedException;

/** AWS's errors about credentials, which S3, the Query services and all others call differently. */
final class Refusals {
  private static final int FORBIDDEN = 403;

  private enum Style {
    JSON,
    QUERY,
    S3
  }

  private Refusals() {}

  private static Style style(Operation operation) {
    if (operation == null) {
      return Style.JSON;
    }
    if (operation.protocol() == Protocol.REST_XML) {
      return Style.S3;
    }
    return operation.protocols().contains(Protocol.QUERY) ? Style.QUERY : Style.JSON;
  }

  private static RefusedException of(
      Operation operation, String json, String query, String s3, String message) {
    String code =
        switch (style(operation)) {
          case JSON -> json;
          case QUERY -> query;
          case S3 -> s3;
        };
    return new RefusedException(code, FORBIDDEN, message);
  }

  static RefusedException missing(Operation operation) {
    return of(
        operation,
        "MissingAuthenticationTokenException",
        "MissingAuthenticationToken",
        "AccessDenied",
        "Missing Authentication Token");
  }

  static RefusedException unknownKey(Operation operation) {
    return of(
        operation,
        "UnrecognizedClientException",
        "InvalidClientTokenId",
        "InvalidAccessKeyId",
        "The security token included in the request is invalid.");
  }

  static RefusedException unknownApiKey() {
    return RefusedException.accessDenied(
        "Authentication failed: Please make sure your API Key is valid.");
  }

  static RefusedException expired(Operation operation) {
    return of(
        operation,
        "ExpiredTokenException",
        "ExpiredToken",
        "ExpiredToken",
        "The security token included in the request is expired");
  }

  static RefusedException mismatch(Operation operation, String message) {
    return of(
        operation,
        "InvalidSignatureException",
        "SignatureDoesNotMatch",
        "SignatureDoesNotMatch",
        message);
  }

  static RefusedException mismatch(Operation operation) {
    return mismatch(
        operation,
        "The request signature we calculated does not match the signature you provided. Check your"
            + " AWS Secret Access Key and signing method. Consult the service documentation for"
            + " details.");
  }

  static RefusedException notNow(Operation operation, String message) {
    return of(
        operation,
        "InvalidSignatureException",
        "SignatureDoesNotMatch",
        "RequestTimeTooSkewed",
        message);
  }

  static RefusedException malformed(Operation operation, String message) {
    return of(
        operation,
        "IncompleteSignatureException",
        "IncompleteSignature",
        "AuthorizationHeaderMalformed",
        message);
  }
}
