package dev.outcrop.protocoltests.hostile;

import dev.outcrop.operations.Operation;
import dev.outcrop.operations.Protocol;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * An HTTP request as it is about to be sent, right or wrong.
 *
 * @param target path and query, as sent
 * @param headers by lower-case name, without length and connection
 */
record Message(String method, String target, Map<String, String> headers, byte[] body) {

  Message withTarget(String changed) {
    return new Message(method, changed, headers, body);
  }

  Message withBody(byte[] changed) {
    return new Message(method, target, headers, changed);
  }

  Message withBody(String changed) {
    return withBody(changed.getBytes(StandardCharsets.ISO_8859_1));
  }

  Message withHeader(String name, String value) {
    Map<String, String> changed = new TreeMap<>(headers);
    changed.put(name, value);
    return new Message(method, target, changed, body);
  }

  /** The protocol that the request speaks, of those that its operation has. */
  Protocol protocol(Operation operation) {
    String type = headers.getOrDefault("content-type", "");
    return switch (type.replaceFirst(";.*", "")) {
      case "application/x-amz-json-1.0" -> Protocol.AWS_JSON_1_0;
      case "application/x-amz-json-1.1" -> Protocol.AWS_JSON_1_1;
      case "application/x-www-form-urlencoded" -> Protocol.QUERY;
      default -> operation.protocol();
    };
  }

  /** The same without what says which bytes the body must have. */
  Message withoutDigests() {
    Map<String, String> changed = new LinkedHashMap<>(headers);
    changed.keySet().removeIf(name -> name.matches(".*(checksum|md5|sha256).*"));
    return new Message(method, target, changed, body);
  }

  /** The body, each byte as one character. */
  String text() {
    return new String(body, StandardCharsets.ISO_8859_1);
  }

  byte[] bytes() {
    StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    head.append("connection: close\r\n");
    headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    head.append("content-length: " + body.length + "\r\n\r\n");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(head.toString().getBytes(StandardCharsets.UTF_8));
    bytes.writeBytes(body);
    return bytes.toByteArray();
  }

  @Override
  public String toString() {
    String text = text();
    String shown = text.length() > 500 ? text.substring(0, 500) + "…" : text;
    String where = target.length() > 500 ? target.substring(0, 500) + "…" : target;
    return method + " " + where + "\n" + headers.keySet() + "\n" + shown;
  }
}
