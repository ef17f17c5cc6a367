package dev.outcrop.access;

import dev.outcrop.operations.Operation;
import dev.outcrop.wire.HttpExchange;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * S3's presigned URLs by signature version 2, which boto3 still makes unless it is told otherwise:
 * {@code AWSAccessKeyId}, {@code Expires} and {@code Signature}, an HMAC-SHA1, in the query.
 */
final class LegacyPresigned {
  private static final String HMAC = "HmacSHA1";

  /** Parameters that are part of what is asked for. */
  private static final Set<String> SIGNED =
      new TreeSet<>(
          Set.of(
              ("accelerate acl analytics cors delete encryption intelligent-tiering inventory"
                      + " legal-hold lifecycle location logging metrics notification object-lock"
                      + " ownershipControls partNumber policy policyStatus publicAccessBlock"
                      + " replication requestPayment response-cache-control"
                      + " response-content-disposition response-content-encoding"
                      + " response-content-language response-content-type response-expires restore"
                      + " retention select select-type tagging torrent uploadId uploads versionId"
                      + " versioning versions website")
                  .split(" ")));

  private LegacyPresigned() {}

  static boolean is(String rawQuery) {
    return rawQuery != null && rawQuery.contains("AWSAccessKeyId=");
  }

  static Key verify(
      HttpExchange exchange, Function<String, Key> keys, Instant now, Operation operation) {
    Query query = Query.parse(exchange.rawQuery());
    String id = query.first("AWSAccessKeyId");
    String expires = query.first("Expires");
    String given = query.first("Signature");
    if (operation == null || !operation.signingName().equals("s3")) {
      throw Refusals.malformed(operation, "Signature version 2 is for S3 alone");
    }
    if (id == null || expires == null || given == null) {
      throw Refusals.malformed(operation, "AWSAccessKeyId, Expires and Signature go together");
    }
    Key key = keys.apply(id);
    if (key == null || key.secret() == null) {
      throw Refusals.unknownKey(operation);
    }
    if (now.isAfter(end(expires, operation))) {
      throw Refusals.notNow(operation, "Request has expired");
    }
    String mine = sign(key.secret().reveal(), toSign(exchange, query, expires));
    if (!MessageDigest.isEqual(
        mine.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8))) {
      throw Refusals.mismatch(operation);
    }
    return key;
  }

  private static Instant end(String expires, Operation operation) {
    try {
      return Instant.ofEpochSecond(Long.parseLong(expires));
    } catch (NumberFormatException | java.time.DateTimeException e) {
      throw Refusals.malformed(operation, "Expires should be a number of seconds since 1970");
    }
  }

  private static String toSign(HttpExchange exchange, Query query, String expires) {
    StringBuilder text = new StringBuilder(256);
    text.append(exchange.method()).append('\n');
    text.append(header(exchange, "content-md5")).append('\n');
    text.append(header(exchange, "content-type")).append('\n');
    text.append(expires).append('\n');
    for (Map.Entry<String, List<String>> each : new TreeMap<>(exchange.headers()).entrySet()) {
      if (each.getKey().startsWith("x-amz-")) {
        text.append(each.getKey()).append(':').append(String.join(",", each.getValue()));
        text.append('\n');
      }
    }
    text.append(exchange.rawPath());
    char before = '?';
    for (String name : SIGNED) {
      String value = query.first(name);
      if (value != null) {
        text.append(before).append(name).append(value.isEmpty() ? "" : "=" + value);
        before = '&';
      }
    }
    return text.toString();
  }

  private static String header(HttpExchange exchange, String name) {
    String value = exchange.header(name);
    return value == null ? "" : value.strip();
  }

  private static String sign(String secret, String text) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
