package dev.outcrop.access;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A version 4 signature as a request carries it, in its Authorization header or its query.
 *
 * @param signedHeaders lower-case names, as listed
 * @param time when it was made
 * @param timestamp the time as the client wrote it, which is signed
 * @param expires how long a presigned URL is good; null for signatures in headers
 * @param token the session token, or null
 * @param unsigned query parameters that are not signed
 */
record Signature(
    CredentialScope scope,
    List<String> signedHeaders,
    String signature,
    Instant time,
    String timestamp,
    Duration expires,
    String token,
    Set<String> unsigned) {

  static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final DateTimeFormatter BASIC =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT);
  private static final int DAY = "20261122".length();
  private static final long LONGEST = Duration.ofDays(7).toSeconds();

  boolean presigned() {
    return expires != null;
  }

  /** Of {@code AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…}. */
  static Signature ofHeader(String authorization, String date, String token) {
    String[] fields = authorization.substring(ALGORITHM.length()).split(",", -1);
    String credential = null;
    String headers = null;
    String signature = null;
    for (String field : fields) {
      String text = field.strip();
      if (text.startsWith("Credential=")) {
        credential = text.substring("Credential=".length());
      } else if (text.startsWith("SignedHeaders=")) {
        headers = text.substring("SignedHeaders=".length());
      } else if (text.startsWith("Signature=")) {
        signature = text.substring("Signature=".length());
      }
    }
    return of(credential, headers, signature, date, null, token, Set.of());
  }

  /** Of the {@code X-Amz-…} parameters of a presigned URL. */
  static Signature ofQuery(Query query, Set<String> unsigned) {
    if (!ALGORITHM.equals(query.first("X-Amz-Algorithm"))) {
      throw new MalformedSignature("X-Amz-Algorithm must be " + ALGORITHM);
    }
    String seconds = query.first("X-Amz-Expires");
    Duration expires;
    try {
      expires = Duration.ofSeconds(Long.parseLong(seconds));
    } catch (NumberFormatException e) {
      throw new MalformedSignature("X-Amz-Expires should be a number");
    }
    if (expires.isNegative() || expires.toSeconds() > LONGEST) {
      throw new MalformedSignature("X-Amz-Expires must be less than a week (in seconds)");
    }
    return of(
        query.first("X-Amz-Credential"),
        query.first("X-Amz-SignedHeaders"),
        query.first("X-Amz-Signature"),
        query.first("X-Amz-Date"),
        expires,
        query.first("X-Amz-Security-Token"),
        unsigned);
  }

  private static Signature of(
      String credential,
      String headers,
      String signature,
      String date,
      Duration expires,
      String token,
      Set<String> unsigned) {
    require(credential, "Credential");
    require(headers, "SignedHeaders");
    require(signature, "Signature");
    require(date, "X-Amz-Date");
    CredentialScope scope = CredentialScope.parse(credential);
    List<String> names = List.of(headers.toLowerCase(Locale.ROOT).split(";"));
    if (!names.contains("host") && !names.contains(":authority")) {
      throw new MalformedSignature("'Host' must be a 'SignedHeader' in the AWS Authorization");
    }
    if (scope.date().length() != DAY || !date.startsWith(scope.date())) {
      throw new MalformedSignature(
          "Date in Credential scope does not match the date of the request: %s, %s"
              .formatted(scope.date(), date));
    }
    return new Signature(scope, names, signature, time(date), date, expires, token, unsigned);
  }

  private static void require(String value, String name) {
    if (value == null || value.isEmpty()) {
      throw new MalformedSignature("Authorization requires '" + name + "' parameter.");
    }
  }

  private static Instant time(String text) {
    try {
      return LocalDateTime.parse(text, BASIC).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw new MalformedSignature("Date must be in the form 20261122T153000Z, not: " + text);
    }
  }
}
