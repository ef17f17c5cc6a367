package dev.outcrop.models;

import dev.outcrop.wire.EventSink;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseTokensRequest;

/**
 * A chat model. Bedrock's Converse shapes are the one internal form: whatever body the client sent
 * was translated to a {@link ConverseStreamRequest}, and an answer in one piece is the stream,
 * collected.
 */
public interface ChatModel {

  /**
   * Answers, sending events as tokens are made, from {@code messageStart} to {@code metadata} with
   * true token usage and latency. Blocks; an interrupt or a {@link
   * dev.outcrop.wire.ClientGoneException} from the sink ends the work behind it.
   *
   * <p>Throws Bedrock Runtime's own exceptions. What this model can't do is a {@code
   * ValidationException}.
   */
  void converse(ConverseStreamRequest request, EventSink<ConverseStreamOutput> events);

  /** The exact number of input tokens that {@link #converse} would count. */
  int countTokens(ConverseTokensRequest request);

  /**
   * Whether document blocks are read by the model itself. Otherwise they come as the text that was
   * found in them.
   */
  default boolean readsDocuments() {
    return false;
  }

  /**
   * Whether a model that reads documents reads the bytes of this format. Otherwise the document
   * comes with the text that was found in it.
   *
   * @param format for example {@code docx}
   */
  default boolean readsDocuments(String format) {
    return readsDocuments();
  }

  /**
   * Whether every field of a request goes to the model as the client sent it, also those that are
   * not the model's own business: {@code guardrailConfig}, {@code performanceConfig}, {@code
   * serviceTier}, {@code requestMetadata}, {@code promptVariables}. Real Bedrock behind then checks
   * and honours the whole; nothing is refused or taken out before.
   */
  default boolean takesEveryField() {
    return false;
  }

  /**
   * Whether {@code serviceTier} and {@code performanceConfig} are this model's business. Then it
   * honours or refuses them, and says in the {@code metadata} event which it had; where it knows
   * the tier before its first event, it may say so in an {@code
   * InvokeModelWithResponseStreamResponse} given to {@link EventSink#respond}. Models that don't
   * know them serve everyone alike: other tiers are refused before they are asked.
   */
  default boolean knowsTiers() {
    return false;
  }

  /**
   * Completes raw text, with no chat template: for native bodies that send a ready prompt. Same
   * events as {@link #converse}. The request carries one user message with one text block.
   */
  void complete(ConverseStreamRequest request, EventSink<ConverseStreamOutput> events);

  /**
   * The exact number of input tokens that {@link #complete} would count.
   *
   * @throws software.amazon.awssdk.services.bedrockruntime.model.ValidationException when this
   *     model can't tell
   */
  default int countCompletionTokens(ConverseStreamRequest request) {
    throw RuntimeErrors.invalid("The provided model doesn't support counting tokens.");
  }
}
