package dev.outcrop.wire;

import java.util.SortedMap;

/**
 * Checks the signatures that a streamed body carries in itself. Each signs what came before it,
 * too, so parts have to be given in their order, once each. Where a signature is wrong or missing
 * the methods throw {@link RefusedException}, and nothing of the body must be kept.
 */
public interface StreamSignatures {

  /**
   * A chunk of an {@code aws-chunked} body; the last one is empty.
   *
   * @param sha256 of the chunk's bytes
   * @param signature in hexadecimal; null when the chunk has none
   */
  void chunk(byte[] sha256, String signature);

  /**
   * The trailers after the last chunk, also when there are none.
   *
   * @param trailers by lower-case name, without the signature
   * @param signature in hexadecimal; null when there is none
   */
  void trailers(SortedMap<String, String> trailers, String signature);

  /**
   * An event.
   *
   * @param epochMilli when it was signed
   * @param headers what is signed of the headers of its frame, encoded
   * @param payload the event itself, in its frame; empty at the end of the stream
   * @param signature null when it has none
   */
  void event(long epochMilli, byte[] headers, byte[] payload, byte[] signature);
}
