package dev.outcrop.models.calls;

import dev.outcrop.models.catalogue.CatalogueEntry;

/**
 * How a call ended.
 *
 * @param servedBy the model that answered, or was tried last
 * @param usage what is known to be consumed; a call that failed midway can have consumed something
 * @param stopReason Converse's, for example {@code end_turn}; null for failures and embeddings
 * @param latencyMillis from request to end
 * @param firstTokenMillis from request to the first piece of a stream; -1 when there was none
 * @param failure why it failed; null when it didn't
 */
public record Outcome(
    CatalogueEntry servedBy,
    Usage usage,
    String stopReason,
    long latencyMillis,
    long firstTokenMillis,
    Throwable failure) {}
