package dev.outcrop.operations;

/** Authorization headers as the SDKs send them. */
final class SignedRequest {
  private SignedRequest() {}

  static String authorization(String signingName) {
    return "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101/us-east-1/"
        + signingName
        + "/aws4_request, SignedHeaders=host;x-amz-date, Signature=abc";
  }
}
