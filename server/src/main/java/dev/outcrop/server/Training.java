package dev.outcrop.server;

import dev.outcrop.cli.Cli;
import dev.outcrop.cli.Installation;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.bedrock.BedrockClient;
import software.amazon.awssdk.services.bedrockagent.BedrockAgentClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The runs that the JVM's ahead-of-time caches are made from, over a home that is thrown away:
 * {@code up}, and for the other commands a question answered in this process and by a server.
 */
final class Training {
  private static final String DOCUMENT =
      """
      # The lighthouse

      The lighthouse of Rua Reidh was built in 1912 by David Stevenson. Its lamp was first lit on the 15th of January.

      ## Keepers

      Three keepers lived there until 1986, when the light was made automatic.
      """;

  private Training() {}

  /** {@code up} until it has answered; nothing else, for every class kept costs every start. */
  static void up() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("outcrop-training");
    try {
      String[] command = {"up", "--port", "0", "--home", folder.toString()};
      Thread server = new Thread(() -> Cli.run(new LocalInstallation(), command));
      server.setDaemon(true); // stopped by the hook of up, when the process ends
      server.start();
      Optional<HomeLock.Address> address = HomeLock.address(folder);
      while (address.isEmpty() && server.isAlive()) {
        Thread.sleep(50);
        address = HomeLock.address(folder);
      }
      String url = address.orElseThrow(() -> new IOException("up did not get ready")).url();
      request(url + "/_outcrop/health");
      request(url + "/foundation-models");
      request(url + "/");
    } finally {
      TemporaryFolder.delete(folder);
    }
  }

  private static void request(String url) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
    if (connection.getResponseCode() != 200) {
      throw new IOException(url + " answered " + connection.getResponseCode());
    }
    try (InputStream body = connection.getInputStream()) {
      body.transferTo(OutputStream.nullOutputStream());
    }
  }

  static void ask() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("outcrop-training");
    try {
      Path documents = Files.createDirectory(folder.resolve("documents"));
      Files.writeString(documents.resolve("lighthouse.md"), DOCUMENT);
      String home = folder.resolve("home").toString();
      LocalInstallation installation = new LocalInstallation();
      ask(installation, documents, home);
      try (Installation.Server _ =
          installation.serve(new Installation.Options(home, 0, null, Map.of()))) {
        ask(installation, documents, home);
        HomeLock.Address server = HomeLock.address(Path.of(home)).orElseThrow();
        try (BedrockClient models = RemoteClients.create(BedrockClient.class, server);
            BedrockAgentClient agents = RemoteClients.create(BedrockAgentClient.class, server);
            S3Client objects = RemoteClients.create(S3Client.class, server)) {
          models.listFoundationModels(r -> {});
          agents.listKnowledgeBases(r -> {});
          objects.listBuckets();
        }
      }
    } finally {
      TemporaryFolder.delete(folder);
    }
  }

  private static void ask(LocalInstallation installation, Path documents, String home) {
    int status =
        Cli.run(
            installation,
            "ask",
            "--quiet",
            "--home",
            home,
            documents.toString(),
            "Who built the lighthouse?");
    if (status != 0) {
      throw new IllegalStateException("the training question was not answered");
    }
  }
}
