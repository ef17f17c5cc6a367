package dev.outcrop.operations;

/**
 * The service that a request was signed for, without any check of the signature.
 *
 * @param service the signing name; null for requests that are not signed
 * @param bearer whether the request carries a bearer token instead
 */
record CredentialScope(String service, boolean bearer) {
  private static final CredentialScope NONE = new CredentialScope(null, false);
  private static final CredentialScope BEARER = new CredentialScope(null, true);
  private static final CredentialScope S3 = new CredentialScope("s3", false);

  static CredentialScope of(RequestHead request) {
    String authorization = request.header("authorization");
    if (authorization != null) return ofHeader(authorization);
    String raw = request.rawQuery;
    if (raw == null) return NONE;
    if (raw.contains("X-Amz-Credential=")) {
      return ofCredential(request.query().get("X-Amz-Credential"));
    }
    return raw.contains("AWSAccessKeyId=") ? S3 : NONE;
  }

  private static CredentialScope ofHeader(String authorization) {
    if (authorization.regionMatches(true, 0, "Bearer ", 0, 7)) return BEARER;
    // Signature version 2 lives on in S3 alone.
    if (authorization.startsWith("AWS ")) return S3;
    int at = authorization.indexOf("Credential=");
    if (at < 0) return NONE;
    int start = at + "Credential=".length();
    int end = start;
    while (end < authorization.length() && ", ".indexOf(authorization.charAt(end)) < 0) end++;
    return ofCredential(authorization.substring(start, end));
  }

  /** The last part but one: key/date/region/service/aws4_request, SigV4a's without the region. */
  private static CredentialScope ofCredential(String credential) {
    if (credential == null) return NONE;
    int last = credential.lastIndexOf('/');
    int before = last <= 0 ? -1 : credential.lastIndexOf('/', last - 1);
    if (before < 0) return NONE;
    return new CredentialScope(credential.substring(before + 1, last), false);
  }
}
