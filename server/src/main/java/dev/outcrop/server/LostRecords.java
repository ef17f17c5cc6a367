package dev.outcrop.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many records of model calls a running server could not log, by its own metrics. */
final class LostRecords {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Pattern COUNT =
      Pattern.compile(
          "outcrop_invocation_log_records_total\\{destination=\"(?:log_group|bucket)\","
              + "result=\"(?:failed|dropped)\"} ([0-9.E]+)");

  private LostRecords() {}

  /**
   * The records of all destinations since the server's start.
   *
   * @throws IOException when the server does not say
   */
  static long of(HomeLock.Address server) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url() + OwnApi.PREFIX + "metrics"))
            .header(OwnApi.TOKEN, server.token())
            .timeout(PATIENCE)
            .build();
    try (HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IOException("status " + answer.statusCode());
      }
      Matcher counts = COUNT.matcher(answer.body());
      double sum = 0;
      while (counts.find()) {
        sum += Double.parseDouble(counts.group(1));
      }
      return (long) sum;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
