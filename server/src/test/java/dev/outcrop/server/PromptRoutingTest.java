package dev.outcrop.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outcrop.cli.Installation;
import dev.outcrop.cli.Installation.UsageBy;
import dev.outcrop.config.Home;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrock.BedrockClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.AccessDeniedException;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.ResourceNotFoundException;
import software.amazon.awssdk.services.bedrockruntime.model.ServiceQuotaExceededException;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;

/** Routed calls in the whole server: who answers, and under which name the call is known. */
class PromptRoutingTest {
  private static final String ROUTER =
      "arn:aws:bedrock:us-east-1:000000000000:default-prompt-router/amazon.nova:1";
  private static final String LITE =
      "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0";
  private static final String PRO =
      "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0";
  private static final String SHOP = "keys: {shop: {access-key-id: AKSHOP, secret: shop-secret}}";
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

  private void configure(String pro, String... more) throws IOException {
    Files.writeString(
        new Home(folder).configuration(),
        """
        %s
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
            .formatted(String.join("\n", more), small.url(), large.url(), pro));
  }

  private static String ask(Outcrop outcrop, String text) {
    return ask(outcrop.client(BedrockRuntimeClient.class), ROUTER, text, 100);
  }

  private static String ask(
      BedrockRuntimeClient models, String router, String text, int maxTokens) {
    return models
        .converse(
            r ->
                r.modelId(router)
                    .inferenceConfig(i -> i.maxTokens(maxTokens))
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
      log(outcrop);
      assertThat(ask(outcrop, EASY)).isEqualTo("small");
      assertThat(ask(outcrop, HARD)).isEqualTo("large");
      assertThat(outcrop.client(CloudWatchClient.class).listMetrics(l -> {}).metrics())
          .flatExtracting(metric -> metric.dimensions())
          .extracting(Dimension::value)
          .contains("amazon.nova-lite-v1:0", "amazon.nova-pro-v1:0");
    }
    try (Outcrop outcrop = Outcrop.open(folder, Map.of())) {
      assertThat(logged(outcrop, LITE))
          .singleElement()
          .satisfies(event -> assertThat(event.message()).contains(EASY));
    }
    assertThat(usage(UsageBy.MODEL)).containsExactlyInAnyOrder("little 1", "big 1");
  }

  private static void log(Outcrop outcrop) {
    outcrop.client(CloudWatchLogsClient.class).createLogGroup(c -> c.logGroupName("calls"));
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
  }

  private static List<FilteredLogEvent> logged(Outcrop outcrop, String modelId) {
    return outcrop
        .client(CloudWatchLogsClient.class)
        .filterLogEvents(
            f -> f.logGroupName("calls").filterPattern("{ $.modelId = \"" + modelId + "\" }"))
        .events();
  }

  private Installation.Options options() {
    return new Installation.Options(folder.toString(), 0, null, Map.of());
  }

  private List<String> usage(UsageBy by) throws IOException {
    return new LocalInstallation()
        .usage(options(), by, LocalDate.EPOCH).stream()
            .map(line -> line.name() + " " + line.calls())
            .toList();
  }

  @Test
  void streamsOfNativeBodiesAreRoutedAndKnownByTheModelThatRan() throws IOException {
    try (Outcrop outcrop = Outcrop.open(folder, Map.of())) {
      log(outcrop);
      assertThat(stream(outcrop, EASY)).isEqualTo("small");
      assertThat(stream(outcrop, HARD)).isEqualTo("large");
    }
    try (Outcrop outcrop = Outcrop.open(folder, Map.of())) {
      assertThat(logged(outcrop, LITE))
          .singleElement()
          .satisfies(
              event ->
                  assertThat(event.message())
                      .contains("\"operation\":\"InvokeModelWithResponseStream\"", EASY));
      assertThat(logged(outcrop, PRO))
          .singleElement()
          .satisfies(event -> assertThat(event.message()).contains(HARD));
    }
    assertThat(usage(UsageBy.MODEL)).containsExactlyInAnyOrder("little 1", "big 1");
  }

  private static String stream(Outcrop outcrop, String text) {
    StringBuffer answer = new StringBuffer();
    outcrop
        .client(BedrockRuntimeAsyncClient.class)
        .invokeModelWithResponseStream(
            i ->
                i.modelId(ROUTER)
                    .body(
                        SdkBytes.fromUtf8String(
                            """
                            {"messages": [{"role": "user", "content": [{"text": "%s"}]}]}"""
                                .formatted(text))),
            InvokeModelWithResponseStreamResponseHandler.builder()
                .subscriber(
                    InvokeModelWithResponseStreamResponseHandler.Visitor.builder()
                        .onChunk(chunk -> answer.append(delta(chunk.bytes())))
                        .build())
                .build())
        .join();
    return answer.toString();
  }

  private static String delta(SdkBytes chunk) {
    try {
      return new ObjectMapper()
          .readTree(chunk.asByteArray())
          .at("/contentBlockDelta/delta/text")
          .asText();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aKeyIsHeldToItsModelsWhicheverARouterChooses() throws IOException {
    configure("amazon.nova-pro*", SHOP.replace("}}", ", models: [\"amazon.nova-lite*\"]}}"));
    try (Installation.Server server = new LocalInstallation().serve(options());
        BedrockRuntimeClient shop = shop(server)) {
      assertThat(ask(shop, ROUTER, EASY, 100)).isEqualTo("small");
      assertThatThrownBy(() -> ask(shop, ROUTER, HARD, 100))
          .isInstanceOf(AccessDeniedException.class)
          .hasMessageContaining("The key shop may not use the model " + PRO);
    }
  }

  private static BedrockRuntimeClient shop(Installation.Server server) {
    return RemoteClients.create(
        BedrockRuntimeClient.class, "AKSHOP", new HomeLock.Address(server.url(), "shop-secret", 0));
  }

  @Test
  void aKeysBudgetCountsRoutedCalls() throws IOException {
    configure("amazon.nova-pro*", SHOP, "budgets: {daily: {key: shop, tokens: 5000}}");
    try (Installation.Server server = new LocalInstallation().serve(options());
        BedrockRuntimeClient shop = shop(server)) {
      ask(shop, ROUTER, EASY, 100);
      ask(shop, ROUTER, HARD, 100);
      for (String prompt : List.of(EASY, HARD)) {
        assertThatThrownBy(() -> ask(shop, ROUTER, prompt, 5000))
            .isInstanceOf(ServiceQuotaExceededException.class)
            .hasMessageContaining("'daily'")
            .hasMessageContaining(" 6 tokens are spent");
      }
    }
    assertThat(usage(UsageBy.KEY)).containsExactly("shop 4");
  }

  @Test
  void aProfilesBudgetCountsCallsRoutedToIt() throws IOException {
    Settings settings = Settings.load(new Home(folder), Map.of());
    try (Outcrop outcrop = Outcrop.open(folder, Map.of())) {
      BedrockClient bedrock = outcrop.client(BedrockClient.class);
      String profile =
          bedrock
              .createInferenceProfile(
                  p -> p.inferenceProfileName("shop").modelSource(s -> s.copyFrom(LITE)))
              .inferenceProfileArn();
      String router =
          bedrock
              .createPromptRouter(
                  c ->
                      c.promptRouterName("router")
                          .models(m -> m.modelArn(profile), m -> m.modelArn(PRO))
                          .fallbackModel(m -> m.modelArn(PRO))
                          .routingCriteria(r -> r.responseQualityDifference(15.0)))
              .promptRouterArn();
      Reload reload = new Reload(new Home(folder), Map.of(), settings, outcrop::configure);
      configure(
          "amazon.nova-pro*",
          "budgets: {daily: {profile: \"%s\", tokens: 5000}}".formatted(profile));
      assertThat(reload.look()).isTrue();
      BedrockRuntimeClient models = outcrop.client(BedrockRuntimeClient.class);
      assertThat(ask(models, router, EASY, 100)).isEqualTo("small");
      assertThat(ask(models, router, HARD, 5000)).isEqualTo("large");
      assertThatThrownBy(() -> ask(models, router, EASY, 5000))
          .isInstanceOf(ServiceQuotaExceededException.class)
          .hasMessageContaining(" 3 tokens are spent");
    }
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
