package dev.outcrop.http;

import static dev.outcrop.http.Http2Socket.ACK;
import static dev.outcrop.http.Http2Socket.CONTINUATION;
import static dev.outcrop.http.Http2Socket.DATA;
import static dev.outcrop.http.Http2Socket.END_HEADERS;
import static dev.outcrop.http.Http2Socket.END_STREAM;
import static dev.outcrop.http.Http2Socket.GOAWAY;
import static dev.outcrop.http.Http2Socket.HEADERS;
import static dev.outcrop.http.Http2Socket.PING;
import static dev.outcrop.http.Http2Socket.PRIORITY;
import static dev.outcrop.http.Http2Socket.PUSH_PROMISE;
import static dev.outcrop.http.Http2Socket.RST_STREAM;
import static dev.outcrop.http.Http2Socket.SETTINGS;
import static dev.outcrop.http.Http2Socket.WINDOW_UPDATE;
import static dev.outcrop.http.Http2Socket.fields;
import static dev.outcrop.http.Http2Socket.frame;
import static dev.outcrop.http.Http2Socket.get;
import static dev.outcrop.http.Http2Socket.joined;
import static dev.outcrop.http.Http2Socket.number;
import static dev.outcrop.http.Http2Socket.setting;
import static dev.outcrop.http.Http2Socket.times;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Known ways to wear a server out or to confuse it: what to send on each of some connections. */
enum Http2Attack {
  RAPID_RESETS(
      true, () -> of(requests(20_000, stream -> get(stream, "/large"), Http2Attack::reset))),
  CONTINUATION_FLOOD(
      false, () -> of(begun(), times(2_000, more(0, fields("x".repeat(50), "y".repeat(16_000)))))),
  EMPTY_CONTINUATIONS(false, () -> of(begun(), times(200_000, more(0)))),
  HEADERS_NEVER_ENDED(false, () -> of(begun())),
  LARGE_HEADER_LIST(
      false,
      () ->
          of(
              begun(),
              times(20, more(0, fields("x-large", "y".repeat(12_000)))),
              more(END_HEADERS))),
  /** A field of 4,000 bytes put into the table, and then 16,000 times its index. */
  TABLE_BOMB(
      false,
      () -> {
        byte[] kept = fields("x-large", "y".repeat(4_000));
        kept[0] = 0x40; // with incremental indexing
        return of(
            begun(),
            more(0, kept),
            more(END_HEADERS, times(16_000, new byte[] {(byte) (0x80 | 62)})));
      }),
  TABLE_SIZES(
      true,
      () ->
          of(
              setting(1, Integer.MAX_VALUE),
              head(new byte[] {0x3f, (byte) 0xe1, (byte) 0xff, 0x7f}, fields("GET", "/")))),
  ABSENT_INDEX(false, () -> of(head(bytes(0xff, 0xff, 0xff, 0xff, 0x0f)))),
  ENDLESS_INTEGER(false, () -> of(head(times(2_000, bytes(0xff))))),
  SETTINGS_FLOOD(false, () -> of(times(100_000, frame(SETTINGS, 0, 0)))),
  PING_FLOOD(false, () -> of(times(100_000, frame(PING, 0, 0, new byte[8])))),
  PRIORITY_FLOOD(false, () -> of(times(100_000, frame(PRIORITY, 0, 3, new byte[5])))),
  EMPTY_DATA_FLOOD(
      true,
      () ->
          of(
              frame(HEADERS, END_HEADERS, 1, fields("POST", "/")),
              times(100_000, frame(DATA, 0, 1)))),
  WINDOW_OVERFLOW(
      true,
      () ->
          of(
              get(1, "/large"),
              times(3, frame(WINDOW_UPDATE, 0, 0, number(Integer.MAX_VALUE))),
              times(3, frame(WINDOW_UPDATE, 0, 1, number(Integer.MAX_VALUE))))),
  WINDOW_UPDATE_FLOOD(
      true, () -> of(get(1, "/large"), times(100_000, frame(WINDOW_UPDATE, 0, 1, number(1))))),
  NO_WINDOW_FOR_LARGE_ANSWERS(
      true, () -> of(setting(4, 0), requests(400, stream -> get(stream, "/large")))),
  BAD_SETTINGS(
      false,
      () ->
          List.of(
              setting(4, -1),
              setting(5, 1),
              setting(2, 7),
              frame(SETTINGS, 0, 0, new byte[5]),
              frame(SETTINGS, ACK, 0, new byte[6]),
              frame(SETTINGS, 0, 1))),
  WRONG_STREAMS(
      true,
      () ->
          List.of(
              get(2, "/"),
              get(0, "/"),
              joined(get(5, "/"), get(3, "/")),
              joined(get(1, "/"), get(1, "/")),
              frame(DATA, 0, 0, new byte[5]),
              frame(DATA, END_STREAM, 9, new byte[5]),
              reset(9),
              more(END_HEADERS),
              frame(PUSH_PROMISE, END_HEADERS, 1, number(2)))),
  WRONG_LENGTHS(
      false,
      () ->
          List.of(
              frame(DATA, 0, 1, new byte[1 << 20]),
              frame(PING, 0, 0, new byte[7]),
              frame(RST_STREAM, 0, 1, new byte[3]),
              frame(WINDOW_UPDATE, 0, 0, new byte[3]),
              frame(GOAWAY, 0, 0, new byte[3]),
              frame(HEADERS, END_HEADERS | 8, 1, (byte) 200),
              bytes(0, 0, 100, 0))),
  WRONG_FIELDS(
      false,
      () ->
          List.of(
              head(fields(":method", "GET")),
              head(fields("GET", "")),
              head(fields("GET", "/"), fields(":path", "/")),
              head(fields("GET", "/"), fields("Upper", "x")),
              head(fields("GET", "/"), fields("connection", "close")),
              head(fields("GET", "/"), fields("a\r\nb", "x")),
              head(fields("GET", "/"), fields("a", "x\r\ny: z")),
              head(fields("GET", "/"), fields("content-length", "99")),
              head(fields("a", "b"), fields("GET", "/"))));

  private final boolean good;
  private final Supplier<List<byte[]>> connections;

  /**
   * @param good whether there are good requests in it, which may be served
   */
  Http2Attack(boolean good, Supplier<List<byte[]>> connections) {
    this.good = good;
    this.connections = connections;
  }

  boolean mayBeServed() {
    return good;
  }

  /** What to send behind the preface and the settings. */
  List<byte[]> connections() {
    return connections.get();
  }

  private static List<byte[]> of(byte[]... parts) {
    return List.of(joined(parts));
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static byte[] begun() {
    return frame(HEADERS, END_STREAM, 1, fields("GET", "/"));
  }

  private static byte[] more(int flags, byte... block) {
    return frame(CONTINUATION, flags, 1, block);
  }

  private static byte[] head(byte[]... block) {
    return frame(HEADERS, END_HEADERS | END_STREAM, 1, joined(block));
  }

  private static byte[] reset(int stream) {
    return frame(RST_STREAM, 0, stream, number(8));
  }

  @SafeVarargs
  private static byte[] requests(int streams, IntFunction<byte[]>... frames) {
    return joined(
        IntStream.range(0, streams / 2)
            .mapToObj(
                i ->
                    joined(
                        Arrays.stream(frames).map(f -> f.apply(2 * i + 1)).toArray(byte[][]::new)))
            .toArray(byte[][]::new));
  }
}
