package dev.outcrop.models.bodies;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outcrop.models.NativeBodies.Asked;
import dev.outcrop.models.NativeBody;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InferenceConfiguration;
import software.amazon.awssdk.services.bedrockruntime.model.OutputConfig;
import software.amazon.awssdk.services.bedrockruntime.model.ToolConfiguration;

/**
 * The body of OpenAI's chat completions, which many vendors' models take: messages with text,
 * images, audio and files, tools, answers of a JSON schema, and sampling. What Converse has no
 * field for goes to the provider under its own name. Refused: more than one answer, log
 * probabilities, spoken answers, predictions, web search, stored answers, and the functions that
 * came before tools.
 */
public final class OpenAiChat {

  /** How a model's thinking is given. */
  public enum Thinking {
    /** As {@code reasoning_content} beside the content. */
    FIELD,
    /** In the content, between {@code <reasoning>} tags, as gpt-oss does on Bedrock. */
    TAGS
  }

  private static final Set<String> NUMBERS =
      Set.of("frequency_penalty", "presence_penalty", "repetition_penalty", "min_p");

  /** Passed on under their own names; a provider honours or refuses them. */
  private static final Set<String> PASSED =
      Set.of(
          "logit_bias",
          "user",
          "parallel_tool_calls",
          "reasoning_effort",
          "verbosity",
          "prompt_cache_key",
          "prompt_cache_retention",
          "safety_identifier",
          "chat_template_kwargs",
          "top_k");

  private static final Map<String, String> REFUSED =
      Map.of(
          "top_logprobs", "this server gives no log probabilities",
          "audio", "answers are text",
          "prediction", "the model behind can't take one",
          "web_search_options", "the model doesn't search the web",
          "functions", "use tools",
          "function_call", "use tool_choice");

  private static final Set<String> OWN =
      Set.of(
          "messages",
          "model",
          "max_completion_tokens",
          "max_tokens",
          "temperature",
          "top_p",
          "stop",
          "stream",
          "stream_options",
          "n",
          "logprobs",
          "store",
          "modalities",
          "metadata",
          "service_tier",
          "tools",
          "tool_choice",
          "response_format",
          "seed",
          "random_seed");

  private static final Set<String> KEYS = new HashSet<>(OWN);

  static {
    KEYS.addAll(NUMBERS);
    KEYS.addAll(PASSED);
    KEYS.addAll(REFUSED.keySet());
  }

  private static final double HOTTEST = 2;
  private static final double MOST_PENALTY = 100;

  private OpenAiChat() {}

  static NativeBody read(Body body, Asked asked) {
    Thinking thinking =
        asked.modelId().startsWith("openai.gpt-oss") ? Thinking.TAGS : Thinking.FIELD;
    return read(body, asked.modelId(), asked.streaming(), thinking);
  }

  /**
   * Reads a body.
   *
   * @param model the model of the call, which the body may name again
   * @param streaming whether the answer is to be streamed, which the body may say again
   * @throws software.amazon.awssdk.services.bedrockruntime.model.ValidationException in AWS's words
   */
  public static NativeBody.Chat read(
      Body sent, String model, boolean streaming, Thinking thinking) {
    Body body = sent.withoutNulls().only(KEYS);
    checkFixed(body, model, streaming);
    REFUSED.forEach(body::refuse);
    Conversation conversation = new Conversation(model);
    OpenAiMessages.read(body, conversation);
    passOn(body, conversation);
    ToolConfiguration tools = OpenAiTools.read(body, conversation);
    ConverseStreamRequest.Builder request =
        conversation
            .request(config(body))
            .toolConfig(tools)
            .outputConfig(format(body).orElse(null));
    metadata(body).ifPresent(request::requestMetadata);
    body.choice("service_tier", "auto", "default", "flex", "priority")
        .filter(tier -> !tier.equals("auto"))
        .ifPresent(tier -> request.serviceTier(t -> t.type(tier)));
    OpenAiAnswer answer = new OpenAiAnswer(model, thinking);
    boolean usage =
        body.object("stream_options")
            .flatMap(
                o -> o.only(Set.of("include_usage", "include_obfuscation")).bool("include_usage"))
            .orElse(false);
    return new ChatText(
        false, request.build(), answer::whole, () -> new OpenAiChunks(answer, usage));
  }

  /** Keys that can only say what is so anyway. */
  private static void checkFixed(Body body, String model, boolean streaming) {
    body.text("model")
        .filter(name -> !name.equals(model))
        .ifPresent(
            name -> {
              throw body.invalid("model", name + " is not the model of this call, " + model);
            });
    body.integer("n", 1, 1);
    body.bool("stream")
        .filter(stream -> stream != streaming)
        .ifPresent(
            stream -> {
              throw body.invalid(
                  "stream",
                  stream
                      ? "use InvokeModelWithResponseStream for a stream"
                      : "use InvokeModel for an answer in one piece");
            });
    onlyFalse(body, "logprobs", "this server gives no log probabilities");
    onlyFalse(body, "store", "this server keeps no answers");
    if (!body.texts("modalities").orElse(List.of("text")).equals(List.of("text"))) {
      throw body.unsupported("modalities", "answers are text");
    }
  }

  private static void onlyFalse(Body body, String key, String why) {
    if (body.bool(key).orElse(false)) {
      throw body.unsupported(key, why);
    }
  }

  private static void passOn(Body body, Conversation conversation) {
    for (String key : NUMBERS) {
      conversation.more(key, body.number(key, -MOST_PENALTY, MOST_PENALTY));
    }
    checkTypes(body);
    for (String key : PASSED) {
      body.json(key).ifPresent(value -> conversation.more(key, value));
    }
    conversation.more(
        "seed", body.whole(body.either("random_seed", "seed"), Long.MIN_VALUE, Long.MAX_VALUE));
  }

  private static void checkTypes(Body body) {
    body.object("logit_bias");
    body.text("user");
    body.bool("parallel_tool_calls");
    body.text("reasoning_effort");
    body.integer("top_k", -1, Integer.MAX_VALUE);
  }

  private static InferenceConfiguration config(Body body) {
    String most = body.either("max_completion_tokens", "max_tokens");
    return new Sampling(most, "temperature", HOTTEST, "top_p", "stop").read(body);
  }

  private static Optional<OutputConfig> format(Body body) {
    return body.object("response_format").flatMap(OpenAiFormat::read);
  }

  /** Texts that the caller finds again in the invocation log. */
  private static Optional<Map<String, String>> metadata(Body body) {
    return body.object("metadata")
        .map(
            object -> {
              Map<String, String> texts = new HashMap<>();
              for (Map.Entry<String, JsonNode> entry : object.json().properties()) {
                texts.put(entry.getKey(), object.requiredText(entry.getKey()));
              }
              return texts;
            });
  }
}
