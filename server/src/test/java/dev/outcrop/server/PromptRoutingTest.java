package dev.outcrop.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outcrop.cli.Installation;
import dev.outcrop.cli.Installation.UsageBy;
import dev.outcrop.config.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.bedrock.BedrockClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ResourceNotFoundException;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;

/** Routed calls in the whole server: who answers, and under which name the call is known. */
class PromptRoutingTest {
  private static final String ROUTER =
      "arn:aws:bedrock:us-east-1:000000000000:default-prompt-router/amazon.nova:1";
  private static final String LITE =
      "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0";
  private static final String EASY = "Who wrote Hamlet?";
  private static final String HARD = "Find the eigenvalues of the matrix [[2,1],[1,3]].";

  @TempDir private Path folder;
  private ScriptedServer small;
  private ScriptedServer large;

  @BeforeEach
  void start() throws IOException {
    small = new ScriptedServer("small");
    large = new ScriptedServer("large");
    configure("amazon.nova-pro*");
  }

  @AfterEach
  void stop() {
    small.close();
    large.close();
  }

  private void configure(String pro) throws IOException {
    Files.writeString(
        new Home(folder).configuration(),
        """
        providers:
          one: {type: openai, endpoints: {main: {url: "%s"}}}
          two: {type: openai, endpoints: {main: {url: "%s"}}}
        models:
          little: {provider: one, prices: {input: 1, output: 1}}
          big: {provider: two, prices: {input: 10, output: 10}}
        aliases:
          "amazon.nova-lite*": little
          "%s": big
        """
            .formatted(small.url(), large.url(), pro));
  }

  private static String ask(Outcrop outcrop, String text) {
    return outcrop
        .client(BedrockRuntimeClient.class)
        .converse(
            r ->
                r.modelId(ROUTER)
                    .messages(m -> m.role("user").content(ContentBlock.fromText(text))))
        .output()
        .message()
        .content()
        .getFirst()
        .text();
  }

  @Test
  void callsAreKnownByTheModelThatRan() throws IOException {
    try (Outcrop outcrop = Outcrop.open(folder, Map.of())) {
      CloudWatchLogsClient logs = outcrop.client(CloudWatchLogsClient.class);
      logs.createLogGroup(c -> c.logGroupName("calls"));
      outcrop
          .client(BedrockClient.class)
          .putModelInvocationLoggingConfiguration(
              put ->
                  put.loggingConfig(
                      c ->
                          c.cloudWatchConfig(
                              w ->
                                  w.logGroupName("calls")
                                      .roleArn("arn:aws:iam::000000000000:role/logs"))));
      assertThat(ask(outcrop, EASY)).isEqualTo("small");
      assertThat(ask(outcrop, HARD)).isEqualTo("large");
      assertThat(outcrop.client(CloudWatchClient.class).listMetrics(l -> {}).metrics())
          .flatExtracting(metric -> metric.dimensions())
          .extracting(Dimension::value)
          .contains("amazon.nova-lite-v1:0", "amazon.nova-pro-v1:0");
    }
    try (Outcrop outcrop = Outcrop.open(folder, Map.of())) {
      assertThat(
              outcrop
                  .client(CloudWatchLogsClient.class)
                  .filterLogEvents(
                      f ->
                          f.logGroupName("calls").filterPattern("{ $.modelId = \"" + LITE + "\" }"))
                  .events())
          .singleElement()
          .satisfies(event -> assertThat(event.message()).contains(EASY));
    }
    var options = new Installation.Options(folder.toString(), 0, null, Map.of());
    assertThat(new LocalInstallation().usage(options, UsageBy.MODEL, LocalDate.EPOCH))
        .extracting(line -> line.name() + " " + line.calls())
        .containsExactlyInAnyOrder("little 1", "big 1");
  }

  @Test
  void aRouterGoesWithItsModels() throws IOException {
    Settings settings = Settings.load(new Home(folder), Map.of());
    try (Outcrop outcrop = Outcrop.open(folder, Map.of())) {
      Reload reload = new Reload(new Home(folder), Map.of(), settings, outcrop::configure);
      assertThat(ask(outcrop, EASY)).isEqualTo("small");
      configure("other*");
      assertThat(reload.look()).isTrue();
      assertThatThrownBy(() -> ask(outcrop, EASY)).isInstanceOf(ResourceNotFoundException.class);
      assertThat(
              outcrop
                  .client(BedrockClient.class)
                  .listPromptRouters(l -> {})
                  .promptRouterSummaries())
          .isEmpty();
    }
  }
}
