package dev.outcrop.access;

import dev.outcrop.operations.Operation;
import dev.outcrop.wire.StreamSignatures;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.SortedMap;
import java.util.function.Function;
import javax.crypto.spec.SecretKeySpec;

/**
 * The chain of signatures through a streamed body, as the S3 user guide describes it for chunks and
 * trailers and Amazon Transcribe's for events: each is of what it belongs to and of the signature
 * before it, and the first of them follows the signature of the request's head.
 */
final class BodySignatures implements StreamSignatures {
  static final String CHUNKS = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
  static final String CHUNKS_AND_TRAILER = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER";
  static final String EVENTS = "STREAMING-AWS4-HMAC-SHA256-EVENTS";

  private static final String PART = "AWS4-HMAC-SHA256-PAYLOAD";
  private static final String TRAILER = "AWS4-HMAC-SHA256-TRAILER";
  private static final String NOTHING = Hashes.sha256Hex(new byte[0]);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Operation operation;
  private final String kind;
  private final Signature head;
  private final Function<CredentialScope, SecretKeySpec> keys;
  private String before;

  /**
   * @param kind which of the three kinds of streamed body it is
   * @param keys signing keys by scope, for a stream of events can outlast its day
   */
  BodySignatures(
      Operation operation,
      String kind,
      Signature head,
      Function<CredentialScope, SecretKeySpec> keys) {
    this.operation = operation;
    this.kind = kind;
    this.head = head;
    this.keys = keys;
    this.before = head.signature();
  }

  /** Whether a body whose digest is given by this word is signed in its parts. */
  static boolean are(String payload) {
    return CHUNKS.equals(payload) || CHUNKS_AND_TRAILER.equals(payload) || EVENTS.equals(payload);
  }

  @Override
  public void chunk(byte[] sha256, String signature) {
    String ofData = HexFormat.of().formatHex(sha256);
    check(
        !kind.equals(EVENTS),
        PART,
        head.timestamp(),
        head.scope(),
        NOTHING + '\n' + ofData,
        signature);
  }

  @Override
  public void trailers(SortedMap<String, String> trailers, String signature) {
    if (!kind.equals(CHUNKS_AND_TRAILER)) {
      if (!trailers.isEmpty() || signature != null) {
        throw Refusals.malformed(operation, "Trailers need " + CHUNKS_AND_TRAILER);
      }
      return;
    }
    StringBuilder lines = new StringBuilder();
    trailers.forEach((name, value) -> lines.append(name).append(':').append(value).append('\n'));
    String digest = Hashes.sha256Hex(lines.toString().getBytes(StandardCharsets.UTF_8));
    check(true, TRAILER, head.timestamp(), head.scope(), digest, signature);
  }

  @Override
  public void event(long epochMilli, byte[] headers, byte[] payload, byte[] signature) {
    String time = TIME.format(Instant.ofEpochMilli(epochMilli));
    CredentialScope scope = head.scope().at(time.substring(0, head.scope().date().length()));
    String digests = Hashes.sha256Hex(headers) + '\n' + Hashes.sha256Hex(payload);
    String given = signature == null ? null : HexFormat.of().formatHex(signature);
    check(kind.equals(EVENTS), PART, time, scope, digests, given);
  }

  private void check(
      boolean expected,
      String algorithm,
      String time,
      CredentialScope scope,
      String digests,
      String given) {
    String text = String.join("\n", algorithm, time, scope.text(), before, digests);
    String mine = HexFormat.of().formatHex(Hashes.hmac(keys.apply(scope), text));
    if (!expected
        || given == null
        || !MessageDigest.isEqual(
            mine.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8))) {
      throw Refusals.mismatch(operation);
    }
    before = mine;
  }
}
