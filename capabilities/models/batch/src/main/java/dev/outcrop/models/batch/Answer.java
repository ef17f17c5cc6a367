package dev.outcrop.models.batch;

import com.fasterxml.jackson.databind.JsonNode;

/** What a model made of an input. */
sealed interface Answer {

  /** The model answered. */
  record Output(JsonNode body, long inputTokens, long outputTokens) implements Answer {}

  /**
   * It did not.
   *
   * @param status as over HTTP
   */
  record Failure(int status, String message) implements Answer {}
}
