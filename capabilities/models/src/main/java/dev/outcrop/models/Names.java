package dev.outcrop.models;

import dev.outcrop.models.catalogue.Catalogue;
import dev.outcrop.models.catalogue.CatalogueEntry;
import dev.outcrop.wire.RefusedException;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.SdkRequest;

/** Finds the model that a request names. */
record Names(Models models, List<ModelNames> more) {

  Names {
    more = List.copyOf(more);
  }

  /**
   * The model of an identifier: one that the catalogue has by this very name, else one of the
   * further names, else one whose aliases' patterns fit.
   *
   * @throws software.amazon.awssdk.services.bedrockruntime.model.ValidationException when there is
   *     none
   */
  Target target(String identifier, SdkRequest request) {
    if (identifier == null || identifier.isEmpty()) {
      throw RuntimeErrors.unknownModel();
    }
    Catalogue catalogue = models.catalogue();
    Optional<CatalogueEntry> exact = catalogue.exact(identifier);
    if (exact.isPresent()) {
      return new Target(identifier, Catalogue.name(identifier), exact.get(), null, null);
    }
    for (ModelNames names : more) {
      Optional<ModelNames.Named> named = names.find(identifier, request);
      if (named.isPresent()) {
        return target(identifier, named.get());
      }
    }
    if (Catalogue.isPrompt(identifier)) {
      throw RefusedException.notImplemented("Prompt management, and so a prompt as modelId,");
    }
    return catalogue
        .find(identifier)
        .map(entry -> new Target(identifier, Catalogue.name(identifier), entry, null, null))
        .orElseThrow(RuntimeErrors::unknownModel);
  }

  /** The most tokens of an answer that sets no bound, whichever model comes to give it. */
  long mostOutput(Target target) {
    long most = models.mostOutput(target.entry());
    for (String id : target.entry().fallbacks()) {
      most = Math.max(most, models.catalogue().find(id).map(models::mostOutput).orElse(0L));
    }
    return most;
  }

  private Target target(String identifier, ModelNames.Named named) {
    return new Target(
        identifier,
        Catalogue.name(named.modelId()),
        models.entry(named.modelId()),
        named.profile(),
        named.trace());
  }
}
