package dev.outcrop.models.bodies;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.NativeBodies.Asked;
import dev.outcrop.models.NativeBody;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.TokenUsage;

/**
 * OpenAI's first body, which imported models take on Bedrock: one prompt, completed as it stands.
 * Refused: more than one answer, the prompt in the answer, a text to end with, log probabilities.
 */
final class OpenAiCompletion {

  private static final List<String> NUMBERS =
      List.of("frequency_penalty", "presence_penalty", "repetition_penalty", "min_p");
  private static final Set<String> KEYS =
      new HashSet<>(
          Set.of(
              "prompt",
              "max_tokens",
              "temperature",
              "top_p",
              "top_k",
              "stop",
              "n",
              "best_of",
              "stream",
              "seed",
              "logit_bias",
              "user",
              "echo",
              "suffix",
              "logprobs"));

  static {
    KEYS.addAll(NUMBERS);
  }

  private static final Sampling SAMPLING =
      new Sampling("max_tokens", "temperature", 2, "top_p", "stop");

  private final String id = "cmpl-" + UUID.randomUUID();
  private final long created = Instant.now().getEpochSecond();
  private final String model;

  private OpenAiCompletion(String model) {
    this.model = model;
  }

  static NativeBody read(Body sent, Asked asked) {
    Body body = sent.withoutNulls().only(KEYS);
    check(body, asked.streaming());
    Conversation conversation = Conversation.prompt(asked.modelId(), body.prompt("prompt"));
    for (String key : NUMBERS) {
      conversation.more(key, body.number(key, -100, 100));
    }
    conversation.more("top_k", body.integer("top_k", -1, Integer.MAX_VALUE));
    conversation.more("seed", body.whole("seed", Long.MIN_VALUE, Long.MAX_VALUE));
    body.object("logit_bias").ifPresent(bias -> conversation.more("logit_bias", bias.json()));
    body.text("user")
        .flatMap(user -> body.json("user"))
        .ifPresent(u -> conversation.more("user", u));
    OpenAiCompletion completion = new OpenAiCompletion(asked.modelId());
    return new ChatText(
        true,
        conversation.request(SAMPLING.read(body)).build(),
        completion::answer,
        () -> new TextChunks(completion::piece, completion::end));
  }

  private static void check(Body body, boolean streaming) {
    body.integer("n", 1, 1);
    body.integer("best_of", 1, 1);
    body.refuse("suffix", "the model only writes on");
    body.refuse("logprobs", "this server gives no log probabilities");
    if (body.bool("echo").orElse(false)) {
      throw body.unsupported("echo", "the answer has no prompt");
    }
    if (body.bool("stream").orElse(streaming) != streaming) {
      throw body.invalid("stream", "the operation says whether the answer is streamed");
    }
  }

  private ObjectNode answer(ConverseResponse response) {
    return whole(
        Answers.text(response),
        Answers.stopOrLength(response.stopReasonAsString()),
        response.usage());
  }

  private ObjectNode piece(String text) {
    return whole(text, null, null);
  }

  private ObjectNode end(String stopReason, TokenUsage usage) {
    return whole("", Answers.stopOrLength(stopReason), usage);
  }

  private ObjectNode whole(String text, String reason, TokenUsage usage) {
    ObjectNode answer =
        Body.JSON
            .createObjectNode()
            .put("object", "text_completion")
            .put("id", id)
            .put("created", created)
            .put("model", model);
    answer
        .putArray("choices")
        .addObject()
        .put("index", 0)
        .put("text", text)
        .putNull("logprobs")
        .put("finish_reason", reason);
    if (usage != null) {
      OpenAiAnswer.usage(answer.putObject("usage"), usage);
    }
    return answer;
  }
}
