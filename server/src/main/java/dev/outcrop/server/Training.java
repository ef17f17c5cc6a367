package dev.outcrop.server;

import dev.outcrop.cli.Cli;
import dev.outcrop.cli.Installation;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import software.amazon.awssdk.services.bedrock.BedrockClient;
import software.amazon.awssdk.services.bedrockagent.BedrockAgentClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The run that the JVM's ahead-of-time cache is made from: a question answered in this process and
 * a server that answers real clients, over a home that is thrown away.
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

  static void run() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("outcrop-training");
    try {
      Path documents = Files.createDirectory(folder.resolve("documents"));
      Files.writeString(documents.resolve("lighthouse.md"), DOCUMENT);
      String home = folder.resolve("home").toString();
      LocalInstallation installation = new LocalInstallation();
      ask(installation, documents, home);
      try (Installation.Server server =
          installation.serve(new Installation.Options(home, 0, null, Map.of()))) {
        ask(installation, documents, home);
        URI url = URI.create(server.url());
        try (BedrockClient models = RemoteClients.create(BedrockClient.class, url);
            BedrockAgentClient agents = RemoteClients.create(BedrockAgentClient.class, url);
            S3Client objects = RemoteClients.create(S3Client.class, url)) {
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
