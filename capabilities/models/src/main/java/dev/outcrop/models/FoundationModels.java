package dev.outcrop.models;

import dev.outcrop.models.catalogue.Catalogue;
import dev.outcrop.models.catalogue.CatalogueEntry;
import dev.outcrop.wire.RequestContext;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.services.bedrock.model.FoundationModelDetails;
import software.amazon.awssdk.services.bedrock.model.FoundationModelSummary;
import software.amazon.awssdk.services.bedrock.model.GetFoundationModelRequest;
import software.amazon.awssdk.services.bedrock.model.GetFoundationModelResponse;
import software.amazon.awssdk.services.bedrock.model.ListFoundationModelsRequest;
import software.amazon.awssdk.services.bedrock.model.ListFoundationModelsResponse;
import software.amazon.awssdk.services.bedrock.model.ResourceNotFoundException;
import software.amazon.awssdk.services.bedrock.model.ValidationException;

/** Bedrock's operations that say which models there are: every id and alias of the catalogue. */
public final class FoundationModels {

  private static final String ON_DEMAND = "ON_DEMAND";

  private static final List<String> CUSTOMIZATION_TYPES =
      List.of("FINE_TUNING", "CONTINUED_PRE_TRAINING", "DISTILLATION");
  private static final List<String> INFERENCE_TYPES = List.of(ON_DEMAND, "PROVISIONED");
  private static final List<String> MODALITIES = List.of("TEXT", "IMAGE", "EMBEDDING");

  private final Supplier<Catalogue> catalogue;

  /**
   * @param catalogue the models that there are at the moment
   */
  public FoundationModels(Supplier<Catalogue> catalogue) {
    this.catalogue = catalogue;
  }

  /** The models that fit all the filters given. */
  public ListFoundationModelsResponse listFoundationModels(ListFoundationModelsRequest request) {
    oneOf("byCustomizationType", request.byCustomizationTypeAsString(), CUSTOMIZATION_TYPES);
    oneOf("byInferenceType", request.byInferenceTypeAsString(), INFERENCE_TYPES);
    oneOf("byOutputModality", request.byOutputModalityAsString(), MODALITIES);
    Stream<FoundationModelSummary> summaries =
        catalogue.get().models().entrySet().stream()
            .filter(e -> matches(request.byProvider(), e.getValue().vendor()))
            .filter(e -> matches(request.byOutputModalityAsString(), output(e.getValue())))
            // No model here is customizable or has provisioned throughput.
            .filter(e -> request.byCustomizationTypeAsString() == null)
            .filter(e -> matches(request.byInferenceTypeAsString(), ON_DEMAND))
            .map(FoundationModels::summary);
    return ListFoundationModelsResponse.builder().modelSummaries(summaries.toList()).build();
  }

  private static void oneOf(String field, String value, List<String> values) {
    if (value != null && !values.contains(value)) {
      throw ValidationException.builder()
          .message(
              "1 validation error detected: Value '"
                  + value
                  + "' at '"
                  + field
                  + "' failed to satisfy constraint: Member must satisfy enum value set: "
                  + values)
          .build();
    }
  }

  private static boolean matches(String filter, String value) {
    return filter == null || filter.equalsIgnoreCase(value);
  }

  /** One model, by id, alias or ARN. */
  public GetFoundationModelResponse getFoundationModel(GetFoundationModelRequest request) {
    String id = Optional.ofNullable(request.modelIdentifier()).orElse("");
    CatalogueEntry entry = catalogue.get().find(id).orElseThrow(() -> notFound(id));
    FoundationModelSummary summary =
        summary(Map.entry(id.substring(id.lastIndexOf('/') + 1), entry));
    return GetFoundationModelResponse.builder()
        .modelDetails(
            FoundationModelDetails.builder()
                .modelArn(summary.modelArn())
                .modelId(summary.modelId())
                .modelName(summary.modelName())
                .providerName(summary.providerName())
                .inputModalitiesWithStrings(summary.inputModalitiesAsStrings())
                .outputModalitiesWithStrings(summary.outputModalitiesAsStrings())
                .responseStreamingSupported(summary.responseStreamingSupported())
                .customizationsSupported(List.of())
                .inferenceTypesSupportedWithStrings(summary.inferenceTypesSupportedAsStrings())
                .modelLifecycle(summary.modelLifecycle())
                .build())
        .build();
  }

  private static ResourceNotFoundException notFound(String id) {
    return ResourceNotFoundException.builder()
        .message("Could not resolve the foundation model from the model identifier: " + id)
        .build();
  }

  private static FoundationModelSummary summary(Map.Entry<String, CatalogueEntry> model) {
    CatalogueEntry entry = model.getValue();
    return FoundationModelSummary.builder()
        .modelArn(
            "arn:aws:bedrock:"
                + RequestContext.current().region()
                + "::foundation-model/"
                + model.getKey())
        .modelId(model.getKey())
        .modelName(entry.name())
        .providerName(entry.vendor())
        .inputModalitiesWithStrings(input(entry))
        .outputModalitiesWithStrings(output(entry))
        .responseStreamingSupported(
            entry.kind() == ModelEntry.Kind.CHAT || entry.kind() == ModelEntry.Kind.QUOTE)
        .customizationsSupported(List.of())
        .inferenceTypesSupportedWithStrings(ON_DEMAND)
        .modelLifecycle(lifecycle -> lifecycle.status("ACTIVE"))
        .build();
  }

  private static String output(CatalogueEntry entry) {
    return switch (entry.kind()) {
      case EMBEDDING -> "EMBEDDING";
      case IMAGE -> "IMAGE";
      case CHAT, RERANK, QUOTE -> "TEXT";
    };
  }

  /**
   * What a model takes beside text; that depends on the one behind a remote provider, so it is told
   * by the entry's option {@code input}, for example {@code text,image}.
   */
  private static List<String> input(CatalogueEntry entry) {
    String modalities = entry.options().getOrDefault("input", "text");
    return Stream.of(modalities.split(","))
        .map(modality -> modality.strip().toUpperCase(Locale.ROOT))
        .toList();
  }
}
