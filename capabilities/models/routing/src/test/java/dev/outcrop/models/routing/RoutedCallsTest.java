package dev.outcrop.models.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.ImageFormat;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.ResourceNotFoundException;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/** What calls to routers come to. */
class RoutedCallsTest {
  private static final String LITE = RoutingFixture.LITE;
  private static final String PRO = RoutingFixture.PRO;
  private static final String EASY = RoutingFixture.EASY;
  private static final String HARD = RoutingFixture.HARD;

  @TempDir private Path folder;
  private RoutingFixture fixture;

  @BeforeEach
  void open() {
    fixture = new RoutingFixture(folder, InstantSource.system());
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private ConverseResponse converse(String router, Message... messages) {
    return fixture.runtime.converse(c -> c.modelId(router).messages(messages));
  }

  private static Message user(String text) {
    return Message.builder().role("user").content(ContentBlock.fromText(text)).build();
  }

  private static Message assistant(String text) {
    return Message.builder().role("assistant").content(ContentBlock.fromText(text)).build();
  }

  private String answer(String router, String prompt) {
    return text(converse(router, user(prompt)));
  }

  private static String text(ConverseResponse answer) {
    return answer.output().message().content().getFirst().text();
  }

  @Test
  void easyPromptsGoToTheCheapModelAndHardOnesToTheAbleOne() {
    String router = fixture.router("router", PRO, 15);
    ConverseResponse easy = converse(router, user(EASY));
    assertThat(text(easy)).isEqualTo("small");
    assertThat(easy.trace().promptRouter().invokedModelId()).isEqualTo(LITE);
    ConverseResponse hard = converse(router, user(HARD));
    assertThat(text(hard)).isEqualTo("large");
    assertThat(hard.trace().promptRouter().invokedModelId()).isEqualTo(PRO);
  }

  @Test
  void streamsSayTheirModelInTheLastEvent() {
    String router = fixture.router("router", PRO, 15);
    List<String> models = new CopyOnWriteArrayList<>();
    ConverseStreamResponseHandler handler =
        ConverseStreamResponseHandler.builder()
            .subscriber(
                ConverseStreamResponseHandler.Visitor.builder()
                    .onMetadata(m -> models.add(m.trace().promptRouter().invokedModelId()))
                    .build())
            .build();
    for (String prompt : List.of(EASY, HARD)) {
      fixture.streams.converseStream(c -> c.modelId(router).messages(user(prompt)), handler).join();
    }
    assertThat(models).containsExactly(LITE, PRO);
  }

  @Test
  void whoeverWatchesCallsKnowsThemByTheModelThatRan() {
    String router = fixture.router("router", PRO, 15);
    converse(router, user(EASY));
    converse(router, user(HARD));
    assertThat(fixture.calls).extracting(call -> call.modelId()).containsExactly(LITE, PRO);
    assertThat(fixture.calls)
        .extracting(call -> call.entry().id())
        .containsExactly("small", "large");
  }

  @Test
  void theQualityDifferenceIsHonoured() {
    String strict = fixture.router("strict", PRO, 0);
    assertThat(answer(strict, EASY)).isEqualTo("large");
    assertThat(answer(strict, HARD)).isEqualTo("large");
    String thrifty = fixture.router("thrifty", PRO, 100);
    assertThat(answer(thrifty, EASY)).isEqualTo("small");
    assertThat(answer(thrifty, HARD)).isEqualTo("small");
    // From the cheap model, any gain is worth leaving it at 0, and none that is expected at 100.
    String eager = fixture.router("eager", LITE, 0);
    assertThat(answer(eager, EASY)).isEqualTo("large");
    String modest = fixture.router("modest", LITE, 15);
    assertThat(answer(modest, EASY)).isEqualTo("small");
    assertThat(answer(modest, HARD)).isEqualTo("large");
    String loyal = fixture.router("loyal", LITE, 100);
    assertThat(answer(loyal, HARD)).isEqualTo("small");
  }

  @Test
  void theLastQuestionDecides() {
    String router = fixture.router("router", PRO, 15);
    assertThat(text(converse(router, user(HARD), assistant("At 6 pm."), user(EASY))))
        .isEqualTo("small");
    assertThat(text(converse(router, user(EASY), assistant("Paris."), user(HARD))))
        .isEqualTo("large");
  }

  @Test
  void withoutTextTheFallbackAnswers() {
    Message image =
        Message.builder()
            .role("user")
            .content(
                ContentBlock.fromImage(
                    i ->
                        i.format(ImageFormat.PNG)
                            .source(s -> s.bytes(SdkBytes.fromByteArray(new byte[] {1})))))
            .build();
    assertThat(text(converse(fixture.router("a", LITE, 0), image))).isEqualTo("small");
    assertThat(text(converse(fixture.router("b", PRO, 100), image))).isEqualTo("large");
  }

  @Test
  void nativeBodiesAreRouted() {
    String router = fixture.router("router", PRO, 15);
    assertThat(invoke(router, EASY)).contains("small");
    assertThat(invoke(router, HARD)).contains("large");
    assertThat(fixture.calls).extracting(call -> call.modelId()).containsExactly(LITE, PRO);
  }

  private String invoke(String router, String prompt) {
    return fixture
        .runtime
        .invokeModel(
            i ->
                i.modelId(router)
                    .body(
                        SdkBytes.fromUtf8String(
                            """
                            {"messages": [{"role": "user", "content": [{"text": "%s"}]}]}"""
                                .formatted(prompt))))
        .body()
        .asUtf8String();
  }

  @Test
  void theFamilyRefusesMalformedBodies() {
    String router = fixture.router("router", PRO, 15);
    assertThatThrownBy(
            () ->
                fixture.runtime.invokeModel(
                    i ->
                        i.modelId(router)
                            .body(SdkBytes.fromUtf8String("{\"messages\":{\"a\":1}}"))))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("Malformed input request");
  }

  @Test
  void tokensAreCountedByTheModelThatWouldAnswer() {
    String router = fixture.router("router", PRO, 15);
    assertThat(
            fixture
                .runtime
                .countTokens(
                    c ->
                        c.modelId(router)
                            .input(
                                i -> i.converse(conversation -> conversation.messages(user(EASY)))))
                .inputTokens())
        .isEqualTo("small".length());
  }

  @Test
  void unknownRoutersAreErrors() {
    String router = fixture.router("router", PRO, 15);
    fixture.bedrock.deletePromptRouter(d -> d.promptRouterArn(router));
    for (String gone :
        List.of(
            router,
            "arn:aws:bedrock:us-east-1:000000000000:prompt-router/abcdefghijkl",
            "arn:aws:bedrock:us-east-1:000000000000:default-prompt-router/meta.llama:1")) {
      assertThatThrownBy(() -> answer(gone, EASY))
          .isInstanceOf(ResourceNotFoundException.class)
          .hasMessageContaining(gone);
    }
  }

  @Test
  void routesToInferenceProfiles() {
    String profile =
        fixture
            .bedrock
            .createInferenceProfile(
                p -> p.inferenceProfileName("shop").modelSource(s -> s.copyFrom(LITE)))
            .inferenceProfileArn();
    String router =
        fixture
            .bedrock
            .createPromptRouter(
                c ->
                    c.promptRouterName("router")
                        .models(m -> m.modelArn(profile), m -> m.modelArn(PRO))
                        .fallbackModel(m -> m.modelArn(PRO))
                        .routingCriteria(r -> r.responseQualityDifference(15.0)))
            .promptRouterArn();
    ConverseResponse answer = converse(router, user(EASY));
    assertThat(text(answer)).isEqualTo("small");
    assertThat(answer.trace().promptRouter().invokedModelId()).isEqualTo(LITE);
    assertThat(fixture.calls).extracting(call -> call.profile()).containsExactly(profile);
  }
}
