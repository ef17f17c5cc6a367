package dev.outcrop.models.bodies;

import com.fasterxml.jackson.databind.node.ObjectNode;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;

/**
 * A native body for a chat model: Titan's text body, which completes a prompt as it stands, or
 * OpenAI's chat body, which goes through the model's chat template. Which one it is shows in its
 * keys.
 */
public sealed interface ChatBody permits TitanText, OpenAiChat {

  /** Whether the prompt is completed as it stands, with no chat template. */
  boolean raw();

  /** The request as chat models take it. */
  ConverseStreamRequest request();

  /** The answer in one piece. */
  ObjectNode answer(ConverseResponse response);

  /** The pieces of the answer when it is streamed. */
  Chunks chunks();

  /** Writes the chunks of one streamed answer. */
  interface Chunks {

    /** The chunk that carries a piece of text. */
    ObjectNode text(String text);

    /** The last chunk, without the metrics. */
    ObjectNode end(String stopReason, int inputTokens, int outputTokens);
  }

  /**
   * Reads a body.
   *
   * @param model what to call the model in the answer
   * @param streaming whether the answer is to be streamed
   * @throws software.amazon.awssdk.services.bedrockruntime.model.ValidationException in AWS's words
   */
  static ChatBody read(SdkBytes bytes, String model, boolean streaming) {
    Body body = Body.parse(bytes);
    return body.has("messages")
        ? OpenAiChat.read(body, model, streaming)
        : TitanText.read(body, model);
  }

  /** The bytes of a JSON object. */
  static SdkBytes bytes(ObjectNode node) {
    return Body.write(node);
  }
}
