package dev.outcrop.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outcrop.cli.Installation;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

class HomeTest {
  @TempDir Path folder;
  private final LocalInstallation installation = new LocalInstallation();

  private Installation.Options options() {
    return new Installation.Options(folder.resolve("home").toString(), 0, null, Map.of());
  }

  @Test
  void aSecondServerIsToldWhereTheFirstOneIs() throws IOException {
    try (Installation.Server first = installation.serve(options())) {
      assertThatThrownBy(() -> installation.serve(options())).hasMessageContaining(first.url());
    }
    try (Installation.Server again = installation.serve(options())) {
      assertThat(again.url()).startsWith("http://127.0.0.1:");
    }
  }

  @Test
  void aCommandGoesThroughTheRunningServer() throws IOException {
    Path documents = Files.createDirectory(folder.resolve("documents"));
    Files.writeString(documents.resolve("a.txt"), "text");
    try (Installation.Server server = installation.serve(options());
        var session = installation.open(options(), "outcrop.quote-v1")) {
      assertThat(session).isInstanceOf(RemoteSession.class);
      session.shareFolder("documents", documents);
      S3Client objects = session.client(S3Client.class);
      assertThat(objects.listObjectsV2(r -> r.bucket("documents")).contents())
          .extracting(o -> o.key())
          .containsExactly("a.txt");
    }
  }

  @Test
  void onlyTheUsersOwnCommandsShareFolders() throws Exception {
    try (Installation.Server server = installation.serve(options());
        HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(server.url() + OwnApi.PREFIX + "folders"))
              .header(OwnApi.TOKEN, "guessed")
              .POST(HttpRequest.BodyPublishers.ofString("bucket\n" + folder))
              .build();
      assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(403);
    }
  }

  @Test
  void wrongSettingsAreReportedAllAtOnce() {
    var wrong =
        new Installation.Options(
            folder.toString(),
            0,
            null,
            Map.of("server.prot", "1", "llama.device", "7x", "inference.queue", "0"));
    assertThatThrownBy(() -> installation.serve(wrong))
        .hasMessageContaining("server.prot")
        .hasMessageContaining("inference.queue");
    assertThat(installation.examine(wrong)).anyMatch(f -> f.level() == Installation.Level.PROBLEM);
  }
}
