package dev.outcrop.jobs;

/**
 * A piece of work.
 *
 * @param kind which handler does it, for example {@code knowledge.ingestion}
 * @param id unique among the active jobs of the kind
 * @param payload what the handler needs to know; JSON or whatever it likes
 */
public record Job(String kind, String id, String payload) {}
