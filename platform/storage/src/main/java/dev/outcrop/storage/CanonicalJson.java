package dev.outcrop.storage;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** A digest of JSON that does not depend on the order of members: maps have none. */
final class CanonicalJson {
  private static final JsonFactory JSON =
      JsonFactory.builder().recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool()).build();

  private CanonicalJson() {}

  static String digest(byte[] json) {
    StringBuilder canonical = new StringBuilder(json.length);
    try (JsonParser in = JSON.createParser(json)) {
      in.nextToken();
      value(in, canonical);
      byte[] text = canonical.toString().getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void value(JsonParser in, StringBuilder out) throws IOException {
    switch (in.currentToken()) {
      case START_OBJECT -> object(in, out);
      case START_ARRAY -> {
        out.append('[');
        while (in.nextToken() != JsonToken.END_ARRAY) {
          value(in, out);
          out.append(',');
        }
        out.append(']');
      }
      case VALUE_STRING -> string(in.getText(), out);
      default -> out.append(in.getText());
    }
  }

  private static void object(JsonParser in, StringBuilder out) throws IOException {
    Map<String, String> members = new TreeMap<>();
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String name = in.currentName();
      in.nextToken();
      StringBuilder member = new StringBuilder();
      value(in, member);
      members.put(name, member.toString());
    }
    out.append('{');
    members.forEach(
        (name, member) -> {
          string(name, out);
          out.append(member).append(',');
        });
    out.append('}');
  }

  /** With its length before it, so that no two values read the same. */
  private static void string(String text, StringBuilder out) {
    out.append('"').append(text.length()).append(':').append(text);
  }
}
