package dev.outcrop.conformance.clients;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Bytes in the JSON of requests and answers; see {@link Client}. */
public final class Blobs {
  private static final int LARGE = 65_536;

  private Blobs() {}

  static byte[] given(JsonNode value) {
    if (value.has("$text")) {
      return value.get("$text").asText().getBytes(StandardCharsets.UTF_8);
    }
    try {
      return Files.readAllBytes(Path.of(value.get("$file").asText()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Bytes as an answer shows them. */
  public static JsonNode shown(byte[] bytes) {
    if (bytes.length <= LARGE) {
      return Json.MAPPER.getNodeFactory().textNode(new String(bytes, StandardCharsets.UTF_8));
    }
    return Json.object().put("length", bytes.length).put("sha256", sha256(bytes));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
