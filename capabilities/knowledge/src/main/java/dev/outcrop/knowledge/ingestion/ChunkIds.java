package dev.outcrop.knowledge.ingestion;

import dev.outcrop.knowledge.index.DocumentKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** Ids of chunks: the same for the same place in the same document, however often it is indexed. */
final class ChunkIds {
  private ChunkIds() {}

  static String of(DocumentKey key, int number) {
    String name = key.dataSourceId() + '\n' + key.kind() + '\n' + key.id() + '\n' + number;
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, 15));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
