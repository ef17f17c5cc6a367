package dev.outcrop.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrock.model.FoundationModelDetails;
import software.amazon.awssdk.services.bedrock.model.FoundationModelSummary;
import software.amazon.awssdk.services.bedrock.model.GetFoundationModelRequest;
import software.amazon.awssdk.services.bedrock.model.ListFoundationModelsRequest;
import software.amazon.awssdk.services.bedrock.model.ResourceNotFoundException;
import software.amazon.awssdk.services.bedrock.model.ValidationException;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.CountTokensInput;
import software.amazon.awssdk.services.bedrockruntime.model.CountTokensRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ThrottlingException;

/** The list of models, and counting tokens. */
class ModelOperationsTest {

  private final ScriptedModels scripted = new ScriptedModels();

  @Test
  void everyModelAndAliasIsListed() {
    assertThat(ids(r -> {}))
        .containsExactlyInAnyOrderElementsOf(scripted.catalogue.models().keySet())
        .contains("amazon.titan-embed-text-v2:0", "us.test.echo-v1:0");
  }

  @Test
  void filtersNarrowTheList() {
    assertThat(ids(r -> r.byProvider("test")))
        .containsExactlyInAnyOrder(
            ScriptedModels.CHAT,
            ScriptedModels.EMBEDDING,
            ScriptedModels.READER,
            ScriptedModels.TIERS,
            ScriptedModels.IMAGE,
            ScriptedModels.RERANK,
            ScriptedModels.THROTTLED,
            ScriptedModels.BROKEN,
            "test.hopeless-v1",
            "test.absent-v1",
            "us.test.echo-v1:0");
    assertThat(ids(r -> r.byProvider("Test").byOutputModality("EMBEDDING")))
        .containsExactly(ScriptedModels.EMBEDDING);
    assertThat(ids(r -> r.byOutputModality("IMAGE"))).containsExactly(ScriptedModels.IMAGE);
    assertThat(ids(r -> r.byInferenceType("PROVISIONED"))).isEmpty();
    assertThat(ids(r -> r.byInferenceType("ON_DEMAND"))).hasSameSizeAs(ids(r -> {}));
    assertThat(ids(r -> r.byCustomizationType("FINE_TUNING"))).isEmpty();
    assertThatThrownBy(() -> ids(r -> r.byOutputModality("SMELL")))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("[TEXT, IMAGE, EMBEDDING]");
  }

  @Test
  void oneModelIsDescribed() {
    String arn = "arn:aws:bedrock:us-east-1::foundation-model/us.test.echo-v1:0";
    FoundationModelDetails details = get(arn);
    assertThat(details.modelId()).isEqualTo("us.test.echo-v1:0");
    assertThat(details.modelArn()).isEqualTo(arn);
    assertThat(details.providerName()).isEqualTo("Test");
    assertThat(details.responseStreamingSupported()).isTrue();
    assertThat(details.modelLifecycle().statusAsString()).isEqualTo("ACTIVE");
    assertThat(get(ScriptedModels.EMBEDDING).outputModalitiesAsStrings())
        .containsExactly("EMBEDDING");
    assertThatThrownBy(() -> get("nobody")).isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void tokensAreCountedOfBothForms() {
    assertThat(
            count(
                ScriptedModels.CHAT,
                i ->
                    i.converse(
                        c ->
                            c.messages(
                                m -> m.role("user").content(ContentBlock.fromText("a b c"))))))
        .isEqualTo(4);
    assertThat(count(ScriptedModels.CHAT, body("{\"inputText\":\"a b c\"}"))).isEqualTo(3);
    assertThat(count(ScriptedModels.EMBEDDING, body("{\"inputText\":\"a b c\"}"))).isEqualTo(3);
  }

  @Test
  void whatCannotBeCountedIsRefused() {
    refused("nobody", body("{}"), "The provided model identifier is invalid.");
    refused(ScriptedModels.CHAT, i -> {}, "one of converse and invokeModel");
    refused("outcrop.quote-v1", body("{\"inputText\":\"a\"}"), "RetrieveAndGenerate");
    refused(ScriptedModels.EMBEDDING, i -> i.converse(c -> {}), "doesn't support the model");
    assertThatThrownBy(
            () ->
                scripted.tokenCounts.countTokens(
                    CountTokensRequest.builder().modelId(ScriptedModels.CHAT).build()))
        .hasMessageContaining("input is missing");
  }

  @Test
  void whoMayNotUseAModelMayNotCountWithIt() {
    CountTokensRequest request =
        CountTokensRequest.builder()
            .modelId(ScriptedModels.ROUTER)
            .input(i -> i.invokeModel(b -> b.body(SdkBytes.fromUtf8String("{}"))))
            .build();
    Observed held = new Observed();
    held.refuses = true;
    TokenCounts counts =
        new TokenCounts(
            scripted.models,
            List.of(new PlainBodies()),
            List.of(ScriptedModels.NAMES),
            Attachments.NONE,
            held);
    assertThatThrownBy(() -> counts.countTokens(request)).isInstanceOf(ThrottlingException.class);
    assertThat(held.calls.getFirst().entry().id()).isEqualTo(ScriptedModels.CHAT);
    assertThat(held.calls.getFirst().operation()).isEqualTo("CountTokens");
  }

  private void refused(String modelId, Consumer<CountTokensInput.Builder> input, String message) {
    assertThatThrownBy(() -> count(modelId, input))
        .isInstanceOf(
            software.amazon.awssdk.services.bedrockruntime.model.ValidationException.class)
        .hasMessageContaining(message);
  }

  private int count(String modelId, Consumer<CountTokensInput.Builder> input) {
    return scripted
        .tokenCounts
        .countTokens(CountTokensRequest.builder().modelId(modelId).input(input).build())
        .inputTokens();
  }

  private static Consumer<CountTokensInput.Builder> body(String json) {
    return input -> input.invokeModel(i -> i.body(SdkBytes.fromUtf8String(json)));
  }

  private FoundationModelDetails get(String id) {
    return scripted
        .foundationModels
        .getFoundationModel(GetFoundationModelRequest.builder().modelIdentifier(id).build())
        .modelDetails();
  }

  private List<String> ids(Consumer<ListFoundationModelsRequest.Builder> filters) {
    ListFoundationModelsRequest.Builder request = ListFoundationModelsRequest.builder();
    filters.accept(request);
    return scripted.foundationModels.listFoundationModels(request.build()).modelSummaries().stream()
        .map(FoundationModelSummary::modelId)
        .toList();
  }
}
