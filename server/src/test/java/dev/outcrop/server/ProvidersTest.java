package dev.outcrop.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outcrop.config.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrock.BedrockClient;
import software.amazon.awssdk.services.bedrock.model.FoundationModelSummary;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;

/** Remote providers from outcrop.yaml, and its changes while calls are under way. */
class ProvidersTest {
  private static final String ARN =
      "arn:aws:bedrock:eu-west-1:123456789012:inference-profile/eu.anthropic.claude-9-v1:0";

  @TempDir Path folder;
  private ScriptedServer first;
  private ScriptedServer second;
  private Home home;

  @BeforeEach
  void start() throws IOException {
    first = new ScriptedServer("oneone");
    second = new ScriptedServer("twotwo");
    home = new Home(folder);
    write(first.url(), "");
  }

  @AfterEach
  void stop() {
    first.close();
    second.close();
  }

  private void write(String url, String more) throws IOException {
    Files.writeString(
        home.configuration(),
        """
        providers:
          gateway:
            type: openai
            endpoints:
              main: {url: "%s", keys: [secret]}
        models:
          claude:
            provider: gateway
            vendor: Anthropic
            options: {model: m, input: "text,image"}
            prices: {input: 3, output: 15.5, cache-read: 0.3}
        aliases:
          "anthropic.*": claude
        %s
        """
            .formatted(url, more));
  }

  @Test
  void anApplicationsIdsAreServedByAnyProvider() throws IOException {
    Settings settings = Settings.load(home, Map.of());
    assertThat(settings.catalogue().entries().getFirst().prices().output())
        .isEqualByComparingTo("15.5");
    try (Outcrop outcrop = Outcrop.open(folder, Map.of())) {
      assertThat(ask(outcrop).output().message().content())
          .containsExactly(ContentBlock.fromText("oneone"));
      assertThat(ask(outcrop).usage().outputTokens()).isEqualTo(2);
      assertThat(
              outcrop
                  .client(BedrockRuntimeClient.class)
                  .invokeModel(
                      r ->
                          r.modelId("anthropic.claude-9-v1:0")
                              .body(
                                  SdkBytes.fromUtf8String(
                                      """
                                      {"anthropic_version":"bedrock-2023-05-31","max_tokens":9,
                                       "messages":[{"role":"user","content":"hi"}]}""")))
                  .body()
                  .asUtf8String())
          .contains("oneone");
      FoundationModelSummary summary =
          outcrop
              .client(BedrockClient.class)
              .listFoundationModels(r -> r.byProvider("Anthropic"))
              .modelSummaries()
              .getFirst();
      assertThat(summary.inputModalitiesAsStrings()).containsExactly("TEXT", "IMAGE");
    }
  }

  @Test
  void aChangedFileIsTakenUpAndCallsUnderWayEndWhereTheyBegan() throws Exception {
    Settings settings = Settings.load(home, Map.of());
    try (Outcrop outcrop = Outcrop.open(folder, Map.of())) {
      Reload reload = new Reload(home, Map.of(), settings, outcrop::configure);
      assertThat(reload.look()).isFalse();

      first.gate = new CountDownLatch(1);
      FutureTask<String> underWay = new FutureTask<>(() -> text(outcrop));
      Thread.ofVirtual().start(underWay);
      first.begun.await();
      write(second.url(), "");
      assertThat(reload.look()).isTrue();
      assertThat(text(outcrop)).isEqualTo("twotwo");
      first.gate.countDown();
      assertThat(underWay.get()).isEqualTo("oneone");
    }
  }

  @Test
  void aBrokenFileChangesNothing() throws IOException {
    Settings settings = Settings.load(home, Map.of());
    try (Outcrop outcrop = Outcrop.open(folder, Map.of())) {
      Reload reload = new Reload(home, Map.of(), settings, outcrop::configure);
      for (String broken :
          new String[] {"nonsense: 1", "  other: nobody", "x: [", "  \"cohere.*\": gateway"}) {
        write(second.url(), broken);
        assertThat(reload.look()).as(broken).isFalse();
        assertThat(text(outcrop)).isEqualTo("oneone");
      }
      write(second.url(), "");
      assertThat(reload.look()).isTrue();
      assertThat(text(outcrop)).isEqualTo("twotwo");
      Files.writeString(home.configuration(), "models:\n  a: {provider: nobody}\n");
      assertThat(reload.look()).isFalse();
      assertThat(text(outcrop)).isEqualTo("twotwo");
    }
  }

  @Test
  void unchangedProvidersAreKept() throws IOException {
    RemoteProviders providers = new RemoteProviders();
    var before = providers.of(Settings.load(home, Map.of()));
    assertThat(providers.of(Settings.load(home, Map.of())).getFirst()).isSameAs(before.getFirst());
    write(second.url(), "");
    var after = providers.of(Settings.load(home, Map.of()));
    assertThat(after.getFirst()).isNotSameAs(before.getFirst());
    before.forEach(dev.outcrop.models.Provider::close);
    after.forEach(dev.outcrop.models.Provider::close);
  }

  @Test
  void aDocumentIsReadForAModelThatReadsNone() {
    String text =
        new ParsedText(new dev.outcrop.knowledge.parsing.StructuredParser())
            .of("notes", "html", "<h1>Tides</h1><p>High at noon.</p>".getBytes());
    assertThat(text).isEqualTo("Tides\nHigh at noon.");
    assertThatThrownBy(
            () ->
                new ParsedText(new dev.outcrop.knowledge.parsing.StructuredParser())
                    .of("notes", "pdf", new byte[] {0, 1, 2, 3}))
        .hasMessageContaining("The document 'notes' can't be read");
  }

  private static String text(Outcrop outcrop) {
    return ask(outcrop).output().message().content().getFirst().text();
  }

  private static ConverseResponse ask(Outcrop outcrop) {
    return outcrop
        .client(BedrockRuntimeClient.class)
        .converse(
            r -> r.modelId(ARN).messages(m -> m.role("user").content(ContentBlock.fromText("hi"))));
  }
}
