package dev.outcrop.models.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outcrop.models.catalogue.Catalogue;
import dev.outcrop.models.catalogue.ModelsSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.bedrock.model.PromptRouterSummary;

class DefaultRoutersTest {

  private static List<PromptRouterSummary> routers(Map<String, String> aliases) {
    return new DefaultRouters().of(catalogue(aliases));
  }

  private static Catalogue catalogue(Map<String, String> aliases) {
    return Catalogue.of(
        new ModelsSettings(
            List.of(RoutingFixture.entry("small"), RoutingFixture.entry("large")), aliases, 1));
  }

  @Test
  void aCatalogueIsSearchedOnce() {
    DefaultRouters routers = new DefaultRouters();
    Catalogue claude = catalogue(Map.of("anthropic.*haiku*", "small", "anthropic.*", "large"));
    List<DefaultRouters.Models> models = routers.models(claude);
    assertThat(models).hasSize(1);
    assertThat(routers.models(claude)).isSameAs(models);
    assertThat(routers.models(catalogue(Map.of()))).isEmpty();
  }

  @Test
  void thereAreNoneWithoutModels() {
    assertThat(routers(Map.of())).isEmpty();
    assertThat(routers(Map.of("amazon.nova-lite-v1:0", "small"))).isEmpty();
  }

  @Test
  void oneModelUnderBothNamesIsNothingToRouteBetween() {
    assertThat(routers(Map.of("anthropic.*", "large"))).isEmpty();
  }

  @Test
  void theNewestModelsAreTaken() {
    PromptRouterSummary router =
        routers(
                Map.of(
                    "anthropic.claude-3-haiku-20240307-v1:0", "small",
                    "us.anthropic.claude-haiku-4-5-20251001-v1:0", "small",
                    "anthropic.claude-3-5-sonnet-20240620-v1:0", "large",
                    "anthropic.claude-3-5-sonnet-20241022-v2:0", "large"))
            .getFirst();
    assertThat(router.promptRouterArn()).endsWith(":default-prompt-router/anthropic.claude:1");
    assertThat(router.models().getFirst().modelArn())
        .isEqualTo(
            "arn:aws:bedrock:us-east-1:000000000000:inference-profile/"
                + "us.anthropic.claude-haiku-4-5-20251001-v1:0");
    assertThat(router.fallbackModel().modelArn())
        .isEqualTo(
            "arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-3-5-sonnet-20241022-v2:0")
        .isEqualTo(router.models().getLast().modelArn());
  }

  @Test
  void patternsStandForTheModelsThatAwsRoutesBetween() {
    assertThat(routers(Map.of("anthropic.*haiku*", "small", "anthropic.*", "large")))
        .singleElement()
        .satisfies(
            router ->
                assertThat(router.models().getFirst().modelArn())
                    .endsWith("/anthropic.claude-3-5-haiku-20241022-v1:0"));
    assertThat(routers(Map.of("meta.*-8b-*", "small", "meta.*-70b-*", "large")))
        .extracting(PromptRouterSummary::promptRouterName)
        .containsExactly("Meta Prompt Router");
  }
}
