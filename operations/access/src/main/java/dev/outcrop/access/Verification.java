package dev.outcrop.access;

import dev.outcrop.operations.Operation;
import dev.outcrop.wire.HttpExchange;
import dev.outcrop.wire.StreamSignatures;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Set;
import java.util.function.Function;
import javax.crypto.spec.SecretKeySpec;

/** Checks the signature of one request. */
final class Verification {
  private static final Duration SKEW = Duration.ofMinutes(15);
  static final String PAYLOAD = "x-amz-content-sha256";
  private static final String UNSIGNED = "UNSIGNED-PAYLOAD";
  private static final byte[] EMPTY = {};

  /**
   * What may stand for a body's digest. Bodies that come with a real one are checked on reading.
   */
  private static final Set<String> WORDS =
      Set.of(
          UNSIGNED,
          "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
          BodySignatures.CHUNKS,
          BodySignatures.CHUNKS_AND_TRAILER,
          BodySignatures.EVENTS);

  private static final int DIGEST = 64;

  private final Function<String, Key> keys;
  private final SigningKeys signingKeys;
  private final InstantSource clock;
  private final Operation operation;

  /**
   * @param keys by access key id; null for an unknown one
   */
  Verification(
      Function<String, Key> keys,
      SigningKeys signingKeys,
      InstantSource clock,
      Operation operation) {
    this.keys = keys;
    this.signingKeys = signingKeys;
    this.clock = clock;
    this.operation = operation;
  }

  /**
   * The key that signed the request.
   *
   * @param body as sent; null where it streams
   */
  Key verify(HttpExchange exchange, byte[] body) {
    try {
      Query query = Query.parse(exchange.rawQuery());
      Signature signature = signature(exchange, query);
      if (operation != null && !signature.scope().service().equals(operation.signingName())) {
        throw Refusals.mismatch(
            operation,
            "Credential should be scoped to correct service: '" + operation.signingName() + "'.");
      }
      requireSignedHeaders(exchange, signature);
      return check(exchange, query, signature, payload(exchange, signature, body));
    } catch (MalformedSignature e) {
      throw Refusals.malformed(operation, e.getMessage());
    }
  }

  /** What checks the parts of a streamed body, whose head was found to be signed. */
  StreamSignatures parts(HttpExchange exchange) {
    try {
      Signature head = signature(exchange, Query.parse(exchange.rawQuery()));
      Key key = keys.apply(head.scope().accessKeyId());
      if (key == null) {
        throw Refusals.unknownKey(operation);
      }
      return new BodySignatures(
          operation, exchange.header(PAYLOAD), head, scope -> signingKeys.get(key.secret(), scope));
    } catch (MalformedSignature e) {
      throw Refusals.malformed(operation, e.getMessage());
    }
  }

  /** The key that signed the URL inside a short-term API key. */
  Key verifyShortTerm(HttpExchange signed) {
    try {
      Query query = Query.parse(signed.rawQuery());
      Signature signature = Signature.ofQuery(query, ShortTermKey.UNSIGNED);
      if (!signature.scope().service().equals(ShortTermKey.SERVICE)) {
        throw Refusals.unknownApiKey();
      }
      return check(signed, query, signature, Hashes.sha256Hex(EMPTY));
    } catch (MalformedSignature e) {
      throw Refusals.unknownApiKey();
    }
  }

  private Key check(HttpExchange exchange, Query query, Signature signature, String payload) {
    Key key = keys.apply(signature.scope().accessKeyId());
    // Session tokens belong to temporary keys, and none are given out here.
    if (key == null || signature.token() != null) {
      throw Refusals.unknownKey(operation);
    }
    requireNow(signature);
    String canonical = CanonicalRequest.of(exchange, query, signature, payload);
    SecretKeySpec signingKey = signingKeys.get(key.secret(), signature.scope());
    byte[] mine = Hashes.hmac(signingKey, CanonicalRequest.toSign(signature, canonical));
    byte[] given = signature.signature().getBytes(StandardCharsets.UTF_8);
    if (!MessageDigest.isEqual(
        HexFormat.of().formatHex(mine).getBytes(StandardCharsets.UTF_8), given)) {
      throw Refusals.mismatch(operation);
    }
    return key;
  }

  private static Signature signature(HttpExchange exchange, Query query) {
    String authorization = exchange.header("authorization");
    if (authorization == null) {
      return Signature.ofQuery(query, Set.of("X-Amz-Signature"));
    }
    if (!authorization.startsWith(Signature.ALGORITHM + " ")) {
      throw new MalformedSignature(
          "Unsupported authorization: sign with "
              + Signature.ALGORITHM
              + ", or send a bearer token");
    }
    return Signature.ofHeader(
        authorization, exchange.header("x-amz-date"), exchange.header("x-amz-security-token"));
  }

  private void requireSignedHeaders(HttpExchange exchange, Signature signature) {
    for (String name : exchange.headers().keySet()) {
      if (name.startsWith("x-amz-") && !signature.signedHeaders().contains(name)) {
        throw Refusals.mismatch(
            operation, "There were headers present in the request which were not signed: " + name);
      }
    }
  }

  private void requireNow(Signature signature) {
    Instant now = clock.instant();
    Instant end = signature.time().plus(signature.presigned() ? signature.expires() : SKEW);
    if (now.isAfter(end)) {
      throw Refusals.notNow(
          operation,
          "Signature expired: %s is now earlier than %s".formatted(signature.time(), now));
    }
    if (signature.time().isAfter(now.plus(SKEW))) {
      throw Refusals.notNow(
          operation,
          "Signature not yet current: %s is still later than %s".formatted(signature.time(), now));
    }
  }

  private String payload(HttpExchange exchange, Signature signature, byte[] body) {
    String header = exchange.header(PAYLOAD);
    if (header != null) {
      if (!WORDS.contains(header) && header.length() != DIGEST) {
        throw new MalformedSignature(PAYLOAD + " must be a SHA-256 in hexadecimal or " + UNSIGNED);
      }
      if (body != null && BodySignatures.are(header)) {
        throw new MalformedSignature("The body of this operation is no stream: send its SHA-256");
      }
      return header;
    }
    if (signature.presigned() && signature.scope().service().equals("s3")) {
      return UNSIGNED;
    }
    if (body == null) {
      throw new MalformedSignature(
          "The body is a stream: send its SHA-256 or " + UNSIGNED + " as " + PAYLOAD);
    }
    return Hashes.sha256Hex(body);
  }
}
