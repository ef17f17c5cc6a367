package dev.outcrop.server;

import dev.outcrop.cli.CommandFailure;
import dev.outcrop.cli.Installation.UsageBy;
import dev.outcrop.cli.Installation.UsageLine;
import dev.outcrop.metering.Metering;
import dev.outcrop.metering.ledger.Cost;
import dev.outcrop.metering.ledger.UsageJson;
import dev.outcrop.metering.ledger.UsageReport;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Reads a home's ledger: from its running server, or from its file when none runs. */
record Usage(Path home) {

  List<UsageLine> lines(UsageBy by, LocalDate since) throws IOException {
    return read(UsageReport.By.valueOf(by.name()), since).stream().map(Usage::line).toList();
  }

  private List<UsageReport.Line> read(UsageReport.By by, LocalDate since) throws IOException {
    Optional<HomeLock> lock = HomeLock.take(home);
    if (lock.isPresent()) {
      try (HomeLock taken = lock.get()) {
        return Metering.usage(taken.folder().resolve(Outcrop.METERING), by, since);
      }
    }
    HomeLock.Address server =
        HomeLock.address(home)
            .orElseThrow(
                () ->
                    new CommandFailure(
                        "another outcrop command is using " + home + "; wait for it"));
    return ask(server, by, since);
  }

  private static List<UsageReport.Line> ask(
      HomeLock.Address server, UsageReport.By by, LocalDate since) throws IOException {
    URI uri =
        URI.create(
            "%s%susage?by=%s&since=%d"
                .formatted(server.url(), OwnApi.PREFIX, by, since.toEpochDay()));
    HttpRequest request =
        HttpRequest.newBuilder(uri).header(OwnApi.TOKEN, server.token()).GET().build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (answer.statusCode() != 200) {
        throw new CommandFailure(
            "the server at %s did not show its ledger: %s"
                .formatted(server.url(), new String(answer.body(), StandardCharsets.UTF_8)));
      }
      return UsageJson.read(answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("interrupted", e);
    }
  }

  private static UsageLine line(UsageReport.Line line) {
    return new UsageLine(
        line.name(),
        line.calls(),
        line.failures(),
        line.input(),
        line.output(),
        line.cacheRead(),
        line.cacheWrite(),
        line.images(),
        Cost.dollars(line.nanoDollars()),
        line.unpriced(),
        line.latencyMillis());
  }
}
