package dev.outcrop.access;

import dev.outcrop.wire.HttpExchange;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A request in the one form that both sides sign, as "Create a signed AWS API request" of the IAM
 * user guide describes it.
 */
final class CanonicalRequest {
  private CanonicalRequest() {}

  /**
   * The text whose digest is signed.
   *
   * @param payload the digest of the body in hexadecimal, or the word that stands for it
   */
  static String of(HttpExchange exchange, Query query, Signature signature, String payload) {
    StringBuilder text = new StringBuilder(512);
    text.append(exchange.method()).append('\n');
    text.append(path(exchange.rawPath(), signature.scope().service())).append('\n');
    text.append(query.canonical(signature.unsigned())).append('\n');
    for (String name : signature.signedHeaders()) {
      text.append(name).append(':');
      values(exchange, name, text);
      text.append('\n');
    }
    text.append('\n').append(String.join(";", signature.signedHeaders())).append('\n');
    return text.append(payload).toString();
  }

  static String toSign(Signature signature, String canonical) {
    return Signature.ALGORITHM
        + '\n'
        + signature.timestamp()
        + '\n'
        + signature.scope().text()
        + '\n'
        + Hashes.sha256Hex(canonical.getBytes(StandardCharsets.UTF_8));
  }

  /** S3's object keys are encoded once and stay as they are; all other paths are encoded again. */
  private static String path(String raw, String service) {
    if (raw.isEmpty()) {
      return "/";
    }
    return service.equals("s3")
        ? UriEncoding.encode(UriEncoding.decode(raw), true)
        : UriEncoding.encode(normal(raw), true);
  }

  private static String normal(String path) {
    if (!path.contains("//") && !path.contains("/.")) {
      return path;
    }
    List<String> segments = new ArrayList<>();
    for (String segment : path.split("/")) {
      if (segment.equals("..") && !segments.isEmpty()) {
        segments.removeLast();
      } else if (!segment.isEmpty() && !segment.equals(".") && !segment.equals("..")) {
        segments.add(segment);
      }
    }
    String joined = "/" + String.join("/", segments);
    return path.endsWith("/") && joined.length() > 1 ? joined + "/" : joined;
  }

  private static void values(HttpExchange exchange, String name, StringBuilder text) {
    Map<String, List<String>> headers = exchange.headers();
    List<String> values = headers.getOrDefault(name, List.of());
    for (int i = 0; i < values.size(); i++) {
      text.append(i == 0 ? "" : ",").append(trimmed(values.get(i)));
    }
  }

  private static String trimmed(String value) {
    String text = value.strip();
    return text.contains("  ") ? text.replaceAll(" +", " ") : text;
  }
}
