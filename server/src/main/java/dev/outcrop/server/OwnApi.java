package dev.outcrop.server;

import dev.outcrop.metering.ledger.UsageJson;
import dev.outcrop.metering.ledger.UsageReport;
import dev.outcrop.wire.HttpExchange;
import dev.outcrop.wire.HttpHandler;
import dev.outcrop.wire.RefusedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The few requests that no AWS API has: {@code GET /_outcrop/health}, {@code GET /_outcrop/metrics}
 * for Prometheus, and {@code POST /_outcrop/folders}, by which a command of the same user shows a
 * folder to the running server. An underscore can't start a bucket's name, so nothing of S3 is
 * shadowed.
 */
final class OwnApi implements HttpHandler {
  static final String PREFIX = "/_outcrop/";
  static final String TOKEN = "x-outcrop-token";
  private static final Pattern USAGE =
      Pattern.compile("by=(MODEL|KEY|PROFILE|DAY)&since=(-?\\d{1,8})");
  private static final int BODY_LIMIT = 16_384;

  private final Outcrop outcrop;
  private final HttpHandler aws;
  private final byte[] token;

  OwnApi(Outcrop outcrop, String token) {
    this.outcrop = outcrop;
    this.aws = outcrop.handler();
    this.token = token.getBytes(StandardCharsets.UTF_8);
  }

  Outcrop outcrop() {
    return outcrop;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    if (!exchange.rawPath().startsWith(PREFIX)) {
      aws.handle(exchange);
      return;
    }
    switch (exchange.method() + " " + exchange.rawPath().substring(PREFIX.length())) {
      case "GET health" -> answer(exchange, 200, "ok");
      case "GET metrics" -> metrics(exchange);
      case "GET usage" -> usage(exchange);
      case "POST folders" -> share(exchange);
      default -> answer(exchange, 404, "Outcrop has no such page");
    }
  }

  private void metrics(HttpExchange exchange) throws IOException {
    try {
      if (!own(exchange)) {
        outcrop.access().identify(exchange);
      }
      outcrop.metering().prometheus().handle(exchange);
    } catch (RefusedException e) {
      answer(exchange, e.status(), e.getMessage());
    }
  }

  /**
   * The lines of a report as JSON, asked for by {@code by=MODEL&since=20500}, the day since 1970.
   */
  private void usage(HttpExchange exchange) throws IOException {
    if (!own(exchange)) {
      answer(exchange, 403, "only commands of the server's own user may read the ledger");
      return;
    }
    Matcher query = USAGE.matcher("" + exchange.rawQuery());
    if (!query.matches()) {
      answer(exchange, 400, "expected by=MODEL, KEY, PROFILE or DAY and since, a day since 1970");
      return;
    }
    byte[] lines =
        UsageJson.write(
            outcrop
                .metering()
                .usage()
                .lines(
                    UsageReport.By.valueOf(query.group(1)),
                    LocalDate.ofEpochDay(Long.parseLong(query.group(2)))));
    answer(exchange, 200, "application/json", lines);
  }

  private boolean own(HttpExchange exchange) {
    String given = exchange.header(TOKEN);
    return given != null && MessageDigest.isEqual(token, given.getBytes(StandardCharsets.UTF_8));
  }

  private void share(HttpExchange exchange) throws IOException {
    // Without the token a web page open in the user's browser could make the server read any
    // folder.
    if (!own(exchange)) {
      answer(exchange, 403, "only commands of the server's own user may share folders");
      return;
    }
    byte[] body = exchange.body().readNBytes(BODY_LIMIT + 1);
    String[] parts = new String(body, StandardCharsets.UTF_8).split("\n", 2);
    if (body.length > BODY_LIMIT || parts.length != 2 || !Files.isDirectory(Path.of(parts[1]))) {
      answer(exchange, 400, "expected a bucket's name, a line feed and the path of a folder");
      return;
    }
    outcrop.share(parts[0], Path.of(parts[1]));
    answer(exchange, 200, "shared");
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    answer(exchange, status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  private static void answer(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    try (var out =
        exchange.respond(
            status,
            Map.of(
                "content-type", List.of(type),
                "content-length", List.of(Integer.toString(body.length))))) {
      out.write(body);
    }
  }
}
