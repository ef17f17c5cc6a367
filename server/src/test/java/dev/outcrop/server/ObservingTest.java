package dev.outcrop.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outcrop.cli.Installation;
import dev.outcrop.config.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.bedrock.BedrockClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ResourceNotFoundException;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;

/** Logs and recordings of calls in the whole server. */
class ObservingTest {
  private static final String ROLE = "arn:aws:iam::000000000000:role/logs";

  @TempDir private Path folder;

  private Path home(String name, String url) throws IOException {
    Path home = Files.createDirectories(folder.resolve(name));
    Files.writeString(
        new Home(home).configuration(),
        """
        providers:
          gateway:
            type: openai
            retries: 0
            endpoints:
              main: {url: "%s", keys: [topsecretkey]}
        models:
          claude: {provider: gateway, options: {model: m}}
        """
            .formatted(url));
    return home;
  }

  private static String ask(Outcrop outcrop, String text) {
    return ask(outcrop.client(BedrockRuntimeClient.class), text);
  }

  private static String ask(BedrockRuntimeClient models, String text) {
    return models
        .converse(
            r ->
                r.modelId("claude")
                    .messages(m -> m.role("user").content(ContentBlock.fromText(text))))
        .output()
        .message()
        .content()
        .getFirst()
        .text();
  }

  @Test
  void callsAreLoggedAndTheLogIsSearchedAfterARestart() throws IOException {
    try (ScriptedServer server = new ScriptedServer("word")) {
      Path home = home("logs", server.url());
      try (Outcrop outcrop = Outcrop.open(home, Map.of())) {
        outcrop.client(CloudWatchLogsClient.class).createLogGroup(c -> c.logGroupName("calls"));
        outcrop
            .client(BedrockClient.class)
            .putModelInvocationLoggingConfiguration(
                put ->
                    put.loggingConfig(
                        c -> c.cloudWatchConfig(w -> w.logGroupName("calls").roleArn(ROLE))));
        ask(outcrop, "first");
        ask(outcrop, "second");
      }
      try (Outcrop outcrop = Outcrop.open(home, Map.of())) {
        ask(outcrop, "third");
      }
      try (Outcrop outcrop = Outcrop.open(home, Map.of())) {
        CloudWatchLogsClient logs = outcrop.client(CloudWatchLogsClient.class);
        assertThat(logs.filterLogEvents(f -> f.logGroupName("calls")).events()).hasSize(3);
        List<FilteredLogEvent> found =
            logs.filterLogEvents(
                    f ->
                        f.logGroupName("calls")
                            .filterPattern(
                                "{ $.input.inputBodyJson.messages[0].content[0].text = \"sec*\" &&"
                                    + " $.output.outputTokenCount = 2 }"))
                .events();
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().message()).doesNotContain("topsecretkey").contains("word");
      }
    }
  }

  @Test
  @Timeout(60)
  void recordsThatGetLostAreToldByDoctor() throws Exception {
    LocalInstallation installation = new LocalInstallation();
    try (ScriptedServer server = new ScriptedServer("word")) {
      Path home = home("lost", server.url());
      var options = new Installation.Options(home.toString(), 0, null, Map.of());
      try (Installation.Server _ = installation.serve(options)) {
        HomeLock.Address address = HomeLock.address(home).orElseThrow();
        assertThat(LostRecords.of(address)).isZero();
        try (var logs = RemoteClients.create(CloudWatchLogsClient.class, address);
            var bedrock = RemoteClients.create(BedrockClient.class, address);
            var models = RemoteClients.create(BedrockRuntimeClient.class, address)) {
          logs.createLogGroup(c -> c.logGroupName("calls"));
          bedrock.putModelInvocationLoggingConfiguration(
              put ->
                  put.loggingConfig(
                      c -> c.cloudWatchConfig(w -> w.logGroupName("calls").roleArn(ROLE))));
          logs.deleteLogGroup(d -> d.logGroupName("calls"));
          ask(models, "lost");
        }
        while (LostRecords.of(address) == 0) {
          Thread.sleep(20); // the record is on its way to a group that is not there
        }
        assertThat(installation.examine(options))
            .anyMatch(f -> f.detail().startsWith("1 records of model calls were not delivered"));
      }
    }
  }

  @Test
  void recordedCallsAreReplayedWithoutTheProvider() throws IOException {
    Path recordings = folder.resolve("recordings");
    try (ScriptedServer server = new ScriptedServer("word");
        Outcrop outcrop =
            Outcrop.open(home("recording", server.url()), recording("record", recordings))) {
      assertThat(ask(outcrop, "hello")).isEqualTo("word");
    }
    try (Stream<Path> files = Files.list(recordings)) {
      for (Path file : files.toList()) {
        assertThat(Files.readString(file)).doesNotContain("topsecretkey");
      }
    }
    try (Outcrop outcrop =
        Outcrop.open(home("replaying", "http://127.0.0.1:1/v1"), recording("replay", recordings))) {
      assertThat(ask(outcrop, "hello")).isEqualTo("word");
      assertThatThrownBy(() -> ask(outcrop, "hallo"))
          .isInstanceOf(ResourceNotFoundException.class)
          .hasMessageContaining("recorded \"hello\", now \"hallo\"");
    }
  }

  private static Map<String, String> recording(String mode, Path recordings) {
    return Map.of("recording.mode", mode, "recording.folder", recordings.toString());
  }
}
