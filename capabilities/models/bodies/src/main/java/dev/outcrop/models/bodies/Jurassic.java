package dev.outcrop.models.bodies;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.NativeBodies.Asked;
import dev.outcrop.models.NativeBody;
import dev.outcrop.models.RuntimeErrors;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;

/**
 * AI21 Jurassic-2. Penalties are honoured as far as other models have them: in proportion to a
 * token's count, or for its presence, on all tokens alike. Its log probabilities have no source
 * here and are left out.
 */
final class Jurassic {

  private static final Set<String> KEYS =
      Set.of(
          "prompt",
          "temperature",
          "topP",
          "topKReturn",
          "maxTokens",
          "minTokens",
          "numResults",
          "stopSequences",
          "countPenalty",
          "presencePenalty",
          "frequencyPenalty",
          "logitBias");
  private static final Set<String> APPLIES =
      Set.of(
          "applyToWhitespaces",
          "applyToPunctuations",
          "applyToNumbers",
          "applyToStopwords",
          "applyToEmojis");
  private static final Set<String> PENALTY_KEYS = new HashSet<>(APPLIES);

  static {
    PENALTY_KEYS.add("scale");
  }

  private static final double MAX_PENALTY = 500;

  private static final Sampling SAMPLING =
      new Sampling("maxTokens", "temperature", 1, "topP", "stopSequences");

  private Jurassic() {}

  static NativeBody read(Body body, Asked asked) {
    if (asked.streaming()) {
      throw RuntimeErrors.invalid("The model is unsupported for streaming.");
    }
    body.only(KEYS);
    Conversation conversation = Conversation.prompt(asked.modelId(), body.prompt("prompt"));
    body.integer("numResults", 1, 1);
    body.integer("topKReturn", 0, 0);
    body.integer("minTokens", 0, 0);
    conversation.more("frequency_penalty", penalty(body, "countPenalty"));
    conversation.more("presence_penalty", penalty(body, "presencePenalty"));
    if (penalty(body, "frequencyPenalty").isPresent()) {
      throw body.unsupported(
          "frequencyPenalty",
          "no other model has a penalty by share of the text, use countPenalty");
    }
    body.object("logitBias").ifPresent(bias -> conversation.more("logit_bias", bias.json()));
    String prompt = body.prompt("prompt");
    return new ChatText(
        true,
        conversation.request(SAMPLING.read(body)).build(),
        response -> answer(prompt, response),
        () -> {
          throw RuntimeErrors.invalid("The model is unsupported for streaming.");
        });
  }

  /** A penalty's scale; empty when there is none. */
  private static Optional<Double> penalty(Body body, String key) {
    if (!body.has(key)) {
      return Optional.empty();
    }
    Body penalty = body.object(key).orElseThrow().only(PENALTY_KEYS);
    double scale =
        penalty.number("scale", 0, MAX_PENALTY).orElseThrow(() -> penalty.missing("scale"));
    for (String applies : APPLIES) {
      if (!penalty.bool(applies).orElse(true)) {
        throw penalty.unsupported(applies, "penalties are for all tokens alike");
      }
    }
    return Optional.of(scale).filter(value -> value != 0);
  }

  private static ObjectNode answer(String prompt, ConverseResponse response) {
    ObjectNode answer =
        Body.JSON
            .createObjectNode()
            .put("id", ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE));
    answer.putObject("prompt").put("text", prompt);
    ObjectNode completion = answer.putArray("completions").addObject();
    completion.putObject("data").put("text", Answers.text(response));
    ObjectNode finish = completion.putObject("finishReason");
    switch (response.stopReasonAsString()) {
      case "end_turn" -> finish.put("reason", "endoftext");
      case "stop_sequence" -> finish.put("reason", "stop");
      case "max_tokens", "model_context_window_exceeded" ->
          finish.put("reason", "length").put("length", response.usage().outputTokens());
      case String other -> throw Answers.unexpected(other);
    }
    return answer;
  }
}
