package dev.outcrop.models;

import java.nio.file.Path;
import java.util.Map;

/**
 * A model in the catalogue: one configuration entry.
 *
 * @param id the model id that clients send, for example {@code outcrop.smollm2-135m-instruct-v1}
 * @param provider the {@link Provider#name() provider} that runs it
 * @param kind what it does
 * @param file the model's file, once it is on this machine; null for models that have none
 * @param options the provider's own settings, for example {@code contextLength}; unknown keys are
 *     errors
 */
public record ModelEntry(
    String id, String provider, Kind kind, Path file, Map<String, String> options) {

  /** What a model does. */
  public enum Kind {
    CHAT,
    EMBEDDING,
    IMAGE,
    RERANK,
    QUOTE
  }
}
