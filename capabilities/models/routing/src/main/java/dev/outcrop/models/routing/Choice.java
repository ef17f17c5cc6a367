package dev.outcrop.models.routing;

import dev.outcrop.models.ModelNames;
import dev.outcrop.models.catalogue.Catalogue;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.bedrock.model.PromptRouterSummary;
import software.amazon.awssdk.services.bedrock.model.PromptRouterTargetModel;
import software.amazon.awssdk.services.bedrockruntime.model.PromptRouterTrace;

/**
 * Chooses the model of each request to a router.
 *
 * @param profiles knows application inference profiles, which routers can name
 */
record Choice(Supplier<Catalogue> catalogue, ModelNames profiles) {

  ModelNames.Named model(PromptRouterSummary router, SdkRequest request) {
    String prompt = Prompts.of(request);
    String arn = router.fallbackModel().modelArn();
    if (!prompt.isBlank()) {
      Pair pair = pair(router);
      Criterion criterion =
          new Criterion(
              router.routingCriteria().responseQualityDifference(), pair.able().arn().equals(arn));
      // Read when it is first needed, since most servers start without a router to ask.
      boolean cheap = criterion.takesCheap(Difficulty.shipped().predict(prompt));
      arn = cheap ? pair.cheap().arn() : pair.able().arn();
    }
    Optional<ModelNames.Named> profile = profiles.find(arn, request);
    String model = profile.map(ModelNames.Named::modelId).orElse(arn);
    return new ModelNames.Named(
        model,
        profile.map(ModelNames.Named::profile).orElse(null),
        PromptRouterTrace.builder().invokedModelId(model).build());
  }

  private Pair pair(PromptRouterSummary router) {
    String fallback = router.fallbackModel().modelArn();
    String other =
        router.models().stream()
            .map(PromptRouterTargetModel::modelArn)
            .filter(arn -> !arn.equals(fallback))
            .findFirst()
            .orElseThrow();
    return Pair.of(target(fallback), target(other));
  }

  /** What an ARN of a model or of a profile stands for. */
  Pair.Target target(String arn) {
    String model = profiles.find(arn, null).map(ModelNames.Named::modelId).orElse(arn);
    return new Pair.Target(arn, Catalogue.name(model), catalogue.get().find(model).orElse(null));
  }
}
