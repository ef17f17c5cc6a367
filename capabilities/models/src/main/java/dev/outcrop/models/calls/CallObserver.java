package dev.outcrop.models.calls;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outcrop.models.catalogue.CatalogueEntry;

/**
 * Takes part in every call of a model. Called on the thread of the call; what takes long is for a
 * thread of the observer's own.
 */
public interface CallObserver {

  /**
   * Before the model. Refuses the call by throwing one of Bedrock Runtime's exceptions; then the
   * model isn't asked, and the watches that began before are ended with the refusal.
   */
  Watch begin(ModelCall call);

  /** One call, watched to its end. */
  interface Watch {

    /** Watches nothing. */
    Watch NONE = outcome -> {};

    /** Whether {@link #output} is wanted; making it costs something. */
    default boolean wantsOutput() {
      return false;
    }

    /**
     * A piece of the answer in the operation's own JSON: the whole body, or each event or chunk of
     * a stream in turn.
     */
    default void output(JsonNode piece) {}

    /**
     * What a dialogue, whose length nothing bounds, has used so far, whenever the model tells it.
     * Ends the call by throwing one of Bedrock Runtime's exceptions.
     */
    default void used(CatalogueEntry servedBy, Usage soFar) {}

    /**
     * The end, once, whatever came before. For a call in one piece it comes before the client has
     * the answer, so that what is recorded here is acknowledged by the answer.
     */
    void end(Outcome outcome);
  }
}
