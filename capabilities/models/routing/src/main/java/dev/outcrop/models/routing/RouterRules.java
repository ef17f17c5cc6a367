package dev.outcrop.models.routing;

import dev.outcrop.models.ModelEntry;
import java.util.List;
import software.amazon.awssdk.services.bedrock.model.CreatePromptRouterRequest;
import software.amazon.awssdk.services.bedrock.model.PromptRouterTargetModel;
import software.amazon.awssdk.services.bedrock.model.ValidationException;
import software.amazon.awssdk.services.bedrockruntime.model.ResourceNotFoundException;

/** What a new router must be beyond the API's own constraints. */
record RouterRules(Choice choice) {
  private static final int MODELS = 2;
  private static final int STEP = 5;

  /** Amazon's models have bodies of their own by the first word of their name. */
  private static final String AMAZON = "amazon";

  void check(CreatePromptRouterRequest request) {
    double difference = request.routingCriteria().responseQualityDifference();
    if (difference % STEP != 0) {
      throw invalid("Response quality difference must be a value multiple of 5");
    }
    List<String> arns =
        request.models().stream().map(PromptRouterTargetModel::modelArn).distinct().toList();
    if (arns.size() != MODELS || request.models().size() != MODELS) {
      throw invalid("A prompt router routes between exactly two different models: give two.");
    }
    if (!arns.contains(request.fallbackModel().modelArn())) {
      throw invalid("The fallback model must be one of the models of the prompt router.");
    }
    List<Pair.Target> targets = arns.stream().map(this::target).toList();
    for (Pair.Target target : targets) {
      if (target.entry() == null) {
        throw invalid("The model is not here: " + target.arn());
      }
      if (target.entry().kind() != ModelEntry.Kind.CHAT) {
        throw invalid("The model does not support prompt routing: " + target.arn());
      }
    }
    String first = family(targets.getFirst().name());
    String second = family(targets.getLast().name());
    if (!first.equals(second)) {
      throw invalid(
          "The models of a prompt router must be of one family, and these are of "
              + first
              + " and "
              + second
              + ".");
    }
  }

  private Pair.Target target(String arn) {
    try {
      return choice.target(arn);
    } catch (ResourceNotFoundException e) {
      throw invalid(e.getMessage());
    }
  }

  /** The vendor, and what models share a body with: {@code anthropic}, {@code amazon.nova}. */
  private static String family(String name) {
    String vendor = name.substring(0, Math.max(0, name.indexOf('.')));
    return vendor.equals(AMAZON) ? name.split("-", 2)[0] : vendor;
  }

  static ValidationException invalid(String message) {
    return ValidationException.builder().message(message).build();
  }
}
