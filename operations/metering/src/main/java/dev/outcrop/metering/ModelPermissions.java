package dev.outcrop.metering;

import dev.outcrop.models.calls.CallObserver;
import dev.outcrop.models.calls.ModelCall;
import dev.outcrop.models.catalogue.Catalogue;
import software.amazon.awssdk.services.bedrockruntime.model.AccessDeniedException;

/**
 * Refuses calls of models that their key may not use. A key is held to the id that the client sent,
 * with or without its region prefix, and to the id of the model behind it.
 */
public final class ModelPermissions implements CallObserver {

  /** What keys are allowed. */
  @FunctionalInterface
  public interface Permissions {
    /** Whether the key may use a model that goes by these ids. */
    boolean mayUse(String key, String... modelIds);
  }

  private final Permissions permissions;

  public ModelPermissions(Permissions permissions) {
    this.permissions = permissions;
  }

  @Override
  public Watch begin(ModelCall call) {
    String asked = call.modelId();
    if (!permissions.mayUse(call.key(), asked, Catalogue.name(asked), call.entry().id())) {
      throw AccessDeniedException.builder()
          .message("The key %s may not use the model %s.".formatted(call.key(), asked))
          .build();
    }
    return Watch.NONE;
  }
}
