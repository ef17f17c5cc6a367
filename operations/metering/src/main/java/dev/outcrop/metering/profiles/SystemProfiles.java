package dev.outcrop.metering.profiles;

import dev.outcrop.models.catalogue.Catalogue;
import dev.outcrop.models.catalogue.CatalogueEntry;
import dev.outcrop.wire.RequestContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import software.amazon.awssdk.services.bedrock.model.InferenceProfileSummary;

/**
 * The inference profiles that AWS would define: for each model in the catalogue under one of AWS's
 * own ids, the one of the caller's part of the world and the global one.
 */
final class SystemProfiles {
  /** When AWS began to have them; ours were never made. */
  private static final Instant BEGINNING = Instant.parse("2024-08-27T00:00:00Z");

  private static final Set<String> OURS = Set.of("outcrop", "local");

  private final Supplier<Catalogue> catalogue;

  SystemProfiles(Supplier<Catalogue> catalogue) {
    this.catalogue = catalogue;
  }

  List<InferenceProfileSummary> all() {
    Catalogue now = catalogue.get();
    Set<String> ids = new TreeSet<>(now.profiles().keySet());
    for (String id : now.models().keySet()) {
      int dot = id.indexOf('.');
      if (dot > 0 && !OURS.contains(id.substring(0, dot)) && Catalogue.name(id).equals(id)) {
        ids.add(area() + "." + id);
        ids.add("global." + id);
      }
    }
    List<InferenceProfileSummary> all = new ArrayList<>();
    ids.forEach(id -> now.find(id).ifPresent(entry -> all.add(summary(id, entry))));
    return all;
  }

  /** The profile of an id or ARN; empty when it is none of these. */
  Optional<InferenceProfileSummary> find(String identifier) {
    String id = identifier.substring(identifier.lastIndexOf('/') + 1);
    if (identifier.contains("foundation-model/") || Catalogue.name(id).equals(id)) {
      return Optional.empty();
    }
    return catalogue.get().find(id).map(entry -> summary(id, entry));
  }

  private static String area() {
    String region = RequestContext.current().region();
    return region.startsWith("eu-") ? "eu" : region.startsWith("ap-") ? "apac" : "us";
  }

  private static InferenceProfileSummary summary(String id, CatalogueEntry entry) {
    RequestContext context = RequestContext.current();
    String area = id.substring(0, id.indexOf('.')).toUpperCase(java.util.Locale.ROOT);
    return InferenceProfileSummary.builder()
        .inferenceProfileId(id)
        .inferenceProfileName(area + " " + entry.vendor() + " " + entry.name())
        .description("Routes requests to " + entry.name() + ".")
        .inferenceProfileArn(context.arn("bedrock", "inference-profile/" + id))
        .models(model -> model.modelArn(modelArn(Catalogue.name(id))))
        .status("ACTIVE")
        .type("SYSTEM_DEFINED")
        .createdAt(BEGINNING)
        .updatedAt(BEGINNING)
        .build();
  }

  static String modelArn(String id) {
    return "arn:aws:bedrock:" + RequestContext.current().region() + "::foundation-model/" + id;
  }
}
