package dev.outcrop.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is not HTTP is answered with a 4xx and a closed connection, and never reaches a handler. */
class MalformedRequestTest {
  private static HttpServer server;

  @BeforeAll
  static void start() throws Exception {
    var limits = HttpLimits.defaults().withHeaderBytes(4096).withBodyBytes(1000);
    server =
        HttpServer.start(
            HttpSettings.defaults().withLimits(limits),
            exchange -> {
              byte[] body = exchange.body().readAllBytes();
              Answers.text(exchange, 200, "reached with " + body.length);
            });
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static Stream<Arguments> malformed() {
    String host = " HTTP/1.1\r\nHost: x\r\n";
    return Stream.of(
        Arguments.of("no host", "GET / HTTP/1.1\r\n\r\n"),
        Arguments.of("two hosts", "GET /" + host + "Host: y\r\n\r\n"),
        Arguments.of("bad percent", "GET /%zz" + host + "\r\n"),
        Arguments.of("short percent", "GET /a%2" + host + "\r\n"),
        Arguments.of("bad UTF-8", "GET /%FF%FE" + host + "Connection: close\r\n\r\n"),
        Arguments.of("path above the root", "GET /a/../../b" + host + "\r\n"),
        Arguments.of("NUL in the path", "GET /a\0b" + host + "\r\n"),
        Arguments.of("space in the path", "GET /a b" + host + "\r\n"),
        Arguments.of("control byte in a header", "GET /" + host + "X: a\1b\r\n\r\n"),
        Arguments.of("NUL in a header", "GET /" + host + "X: a\0b\r\n\r\n"),
        Arguments.of("space in a header name", "GET /" + host + "X y: 1\r\n\r\n"),
        Arguments.of("space before the colon", "GET /" + host + "X : 1\r\n\r\n"),
        Arguments.of("folded header", "GET /" + host + "X: 1\r\n 2\r\n\r\n"),
        Arguments.of("header without colon", "GET /" + host + "X\r\n\r\n"),
        Arguments.of("oversized headers", "GET /" + host + "X: " + "a".repeat(9000) + "\r\n\r\n"),
        Arguments.of("oversized path", "GET /" + "a".repeat(9000) + host + "\r\n"),
        Arguments.of(
            "length and chunked",
            "POST /"
                + host
                + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /smuggled"
                + host
                + "\r\n"),
        Arguments.of(
            "two lengths", "POST /" + host + "Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcde"),
        Arguments.of("negative length", "POST /" + host + "Content-Length: -1\r\n\r\n"),
        Arguments.of("signed length", "POST /" + host + "Content-Length: +4\r\n\r\nabcd"),
        Arguments.of(
            "huge length", "POST /" + host + "Content-Length: 99999999999999999999\r\n\r\n"),
        Arguments.of(
            "chunked not last", "POST /" + host + "Transfer-Encoding: chunked, identity\r\n\r\n"),
        Arguments.of("obscured chunked", "POST /" + host + "Transfer-Encoding: xchunked\r\n\r\n"),
        Arguments.of(
            "bad chunk size", "POST /" + host + "Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n"),
        Arguments.of("body over the limit", "POST /" + host + "Content-Length: 1001\r\n\r\n"),
        Arguments.of(
            "chunks over the limit",
            "POST /"
                + host
                + "Transfer-Encoding: chunked\r\n\r\n3e9\r\n"
                + "a".repeat(1001)
                + "\r\n0\r\n\r\n"),
        Arguments.of("no version", "GET /\r\n\r\n"),
        Arguments.of("unknown version", "GET / HTTP/7.3\r\nHost: x\r\n\r\n"),
        Arguments.of("not HTTP", "\u0016\u0003\u0001\u0000\u00a5\u0001\r\n\r\n"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("malformed")
  void isRefused(String what, String request) throws Exception {
    String answer = Raw.exchange(server, request);
    assertThat(answer).as(what).matches("(?s)HTTP/1.1 (4\\d\\d|505) .*").doesNotContain("reached");
  }

  @Test
  void theReasonIsInTheBody() throws Exception {
    assertThat(Raw.exchange(server, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1001\r\n\r\n"))
        .startsWith("HTTP/1.1 413 ")
        .contains("Content-Type: application/json")
        .endsWith("{\"message\":\"the request body is longer than the limit of 1000 bytes\"}");
    assertThat(Raw.exchange(server, "GET / HTTP/1.1\r\nHost: x\r\nX: " + "a".repeat(9000)))
        .startsWith("HTTP/1.1 431 ")
        .contains("{\"message\":\"");
  }

  @Test
  void bytesOfOtherAlphabetsInHeadersAreTaken() throws Exception {
    assertThat(
            Raw.exchange(
                server,
                "GET / HTTP/1.1\r\nHost: x\r\nX: \u00e4\u00ff\r\nConnection: close\r\n\r\n"))
        .endsWith("reached with 0");
  }
}
