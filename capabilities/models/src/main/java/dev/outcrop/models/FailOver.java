package dev.outcrop.models;

import dev.outcrop.models.catalogue.CatalogueEntry;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import software.amazon.awssdk.services.bedrockruntime.model.InternalServerException;
import software.amazon.awssdk.services.bedrockruntime.model.ModelErrorException;
import software.amazon.awssdk.services.bedrockruntime.model.ModelNotReadyException;
import software.amazon.awssdk.services.bedrockruntime.model.ModelStreamErrorException;
import software.amazon.awssdk.services.bedrockruntime.model.ModelTimeoutException;
import software.amazon.awssdk.services.bedrockruntime.model.ServiceUnavailableException;
import software.amazon.awssdk.services.bedrockruntime.model.ThrottlingException;

/**
 * Asks a model, and those that its entry names as fall-backs in turn when it fails in a way that
 * says nothing of the request. Only while the client has been sent nothing: afterwards another
 * model would go on with a sentence it hasn't begun. What the client hears when all fail is why the
 * model that it asked for did.
 */
record FailOver(Models models, Admission admission) {

  /**
   * @param untouched whether the client has been sent nothing yet
   */
  <T> T ask(Call call, BooleanSupplier untouched, Function<Served, T> work) {
    CatalogueEntry first = call.servedBy();
    try {
      return models.with(first, admission, work);
    } catch (RuntimeException e) {
      if (first.fallbacks().isEmpty() || !worthAnother(e)) {
        throw e;
      }
      return others(call, first, untouched, work, e);
    }
  }

  private <T> T others(
      Call call,
      CatalogueEntry first,
      BooleanSupplier untouched,
      Function<Served, T> work,
      RuntimeException why) {
    for (String id : first.fallbacks()) {
      if (!untouched.getAsBoolean() || Thread.currentThread().isInterrupted()) {
        break;
      }
      CatalogueEntry entry = models.entry(id);
      call.attempt(entry);
      try {
        return models.with(entry, admission, work);
      } catch (RuntimeException e) {
        if (!untouched.getAsBoolean()) {
          throw e;
        }
        why.addSuppressed(e);
      }
    }
    throw why;
  }

  private static boolean worthAnother(RuntimeException e) {
    return switch (e) {
      case ThrottlingException _,
          ModelTimeoutException _,
          ServiceUnavailableException _,
          ModelErrorException _,
          ModelStreamErrorException _,
          ModelNotReadyException _,
          InternalServerException _ ->
          true;
      default -> false;
    };
  }
}
