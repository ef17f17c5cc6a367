package dev.outcrop.benchmarks;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What the fake upstream answers, in OpenAI's words, ready to be sent. */
final class GatewayAnswers {
  /** The first word of every answer. */
  static final String FIRST = "Hello";

  private static final List<String> REST = List.of("!", " How", " can", " I", " help", " you", "?");
  private static final String USAGE =
      "\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":8,\"total_tokens\":20}";
  private static final String STREAM_HEAD =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";

  private static final String BEGINNING =
      chunk(delta("{\"role\":\"assistant\",\"content\":\"\"}", "null"))
          + chunk(delta("{\"content\":\"" + FIRST + "\"}", "null"));
  private static final String ENDING =
      chunk(delta("{}", "\"stop\""))
          + chunk(object("chat.completion.chunk", "[]", "," + USAGE))
          + chunk("[DONE]")
          + "0\r\n\r\n";

  /** An answer in one piece. */
  static final byte[] WHOLE = whole();

  /** A stream, all at once. */
  static final byte[] STREAM = stream();

  /** A stream up to and with its first word. */
  static final byte[] BEGIN = bytes(STREAM_HEAD + BEGINNING);

  /** One more word. */
  static final byte[] PIECE = bytes(chunk(delta("{\"content\":\" more\"}", "null")));

  /** All after the last word. */
  static final byte[] END = bytes(ENDING);

  private GatewayAnswers() {}

  private static byte[] whole() {
    String choices =
        "[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\""
            + FIRST
            + String.join("", REST)
            + "\"},\"logprobs\":null,\"finish_reason\":\"stop\"}]";
    byte[] body = bytes(object("chat.completion", choices, "," + USAGE));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(
        bytes(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length
                + "\r\n\r\n"));
    out.writeBytes(body);
    return out.toByteArray();
  }

  private static byte[] stream() {
    StringBuilder all = new StringBuilder(STREAM_HEAD).append(BEGINNING);
    REST.forEach(word -> all.append(chunk(delta("{\"content\":\"" + word + "\"}", "null"))));
    return bytes(all.append(ENDING).toString());
  }

  private static String delta(String delta, String finish) {
    return object(
        "chat.completion.chunk",
        "[{\"index\":0,\"delta\":"
            + delta
            + ",\"logprobs\":null,\"finish_reason\":"
            + finish
            + "}]",
        "");
  }

  private static String object(String kind, String choices, String more) {
    return "{\"id\":\"chatcmpl-fake\",\"object\":\""
        + kind
        + "\",\"created\":1767225600,\"model\":\"fake-model\",\"choices\":"
        + choices
        + more
        + "}";
  }

  private static String chunk(String data) {
    String event = "data: " + data + "\n\n";
    return Integer.toHexString(event.length()) + "\r\n" + event + "\r\n";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
