package dev.outcrop.access;

/**
 * What a signature is by and for: {@code KEY/20261122/us-east-1/bedrock/aws4_request}.
 *
 * @param text all behind the key
 */
record CredentialScope(
    String accessKeyId, String date, String region, String service, String text) {
  static final String END = "aws4_request";
  private static final int PARTS = 5;

  static CredentialScope parse(String credential) {
    String[] parts = credential.split("/", -1);
    if (parts.length < PARTS || !parts[parts.length - 1].equals(END)) {
      throw new MalformedSignature("Credential must be KEY/DATE/REGION/SERVICE/" + END);
    }
    // A key id may have slashes in it; what follows it has none.
    int last = parts.length - 1;
    String text = String.join("/", parts[last - 3], parts[last - 2], parts[last - 1], END);
    String id = credential.substring(0, credential.length() - text.length() - 1);
    return new CredentialScope(id, parts[last - 3], parts[last - 2], parts[last - 1], text);
  }

  /** The same on another day. */
  CredentialScope at(String day) {
    return day.equals(date)
        ? this
        : new CredentialScope(
            accessKeyId, day, region, service, String.join("/", day, region, service, END));
  }
}
