package dev.outcrop.server;

import dev.outcrop.cli.CommandFailure;
import dev.outcrop.cli.ModelShelf;
import dev.outcrop.cli.Session;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.SdkClient;

/** The system in the home's running server. */
final class RemoteSession implements Session {
  private final HomeLock.Address server;
  private final Shelf shelf;
  private final List<SdkClient> clients = new ArrayList<>();

  RemoteSession(HomeLock.Address server, Shelf shelf) {
    this.server = server;
    this.shelf = shelf;
  }

  @Override
  public <C extends SdkClient> C client(Class<C> type) {
    C client = RemoteClients.create(type, server);
    clients.add(client);
    return client;
  }

  @Override
  public void shareFolder(String bucket, Path folder) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url() + OwnApi.PREFIX + "folders"))
            .header(OwnApi.TOKEN, server.token())
            .POST(HttpRequest.BodyPublishers.ofString(bucket + "\n" + folder))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new CommandFailure(
            "the server at " + server.url() + " did not take the folder: " + answer.body());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("interrupted", e);
    }
  }

  @Override
  public String model(String named, ModelShelf.Progress progress) throws InterruptedException {
    if (named.endsWith(".gguf")) {
      throw new CommandFailure(
          "a server runs at "
              + server.url()
              + " and knows only configured models; add the file to its"
              + " outcrop.yaml under models, or stop it");
    }
    String id = shelf.entry(named).id();
    shelf.pull(named, progress);
    return id;
  }

  @Override
  public void close() {
    clients.forEach(SdkClient::close);
  }
}
