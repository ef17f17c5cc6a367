package dev.outcrop.models.bodies;

/** The models on Bedrock that take OpenAI's chat body. */
final class OpenAiIds {

  static final String PATTERN =
      "(openai|qwen|writer|minimax|moonshot|moonshotai|nvidia|google|zai)\\..*" + "|ai21\\.jamba.*";

  private OpenAiIds() {}
}
