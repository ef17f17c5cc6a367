package dev.outcrop.models.openai;

import java.util.Set;

/**
 * The servers whose ways are known. Each option of a model that isn't given is as its server has
 * it.
 */
enum Server {
  /** OpenAI itself, and Azure's copies of it. */
  OPENAI("max_completion_tokens", 4, true, Thinking.EFFORT, Set.of()),
  VLLM("max_tokens", 0, true, Thinking.TEMPLATE, Set.of()),
  LLAMA_SERVER("max_tokens", 0, true, Thinking.TEMPLATE, Set.of()),
  /** Reads over what it doesn't know without a word, so that is refused here. */
  OLLAMA(
      "max_tokens",
      0,
      false,
      Thinking.EFFORT,
      Set.of("top_k", "repetition_penalty", "logit_bias", "parallel_tool_calls")),
  DEEPSEEK("max_tokens", 16, true, Thinking.FIELD, Set.of()),
  OPENROUTER("max_tokens", 0, true, Thinking.EFFORT, Set.of()),
  OTHER("max_tokens", 0, true, Thinking.EFFORT, Set.of());

  /** How a server is told to think. */
  enum Thinking {
    /** {@code reasoning_effort}, by the budget. */
    EFFORT,
    /** {@code thinking}, as it came. */
    FIELD,
    /** {@code chat_template_kwargs.enable_thinking}. */
    TEMPLATE
  }

  private final String maxTokensField;
  private final int stopLimit;
  private final boolean toolChoice;
  private final Thinking thinking;
  private final Set<String> ignored;

  Server(
      String maxTokensField,
      int stopLimit,
      boolean toolChoice,
      Thinking thinking,
      Set<String> ignored) {
    this.maxTokensField = maxTokensField;
    this.stopLimit = stopLimit;
    this.toolChoice = toolChoice;
    this.thinking = thinking;
    this.ignored = ignored;
  }

  /** The one that an address tells. */
  static Server at(String host, int port) {
    if (host.equals("api.openai.com") || host.endsWith(".openai.azure.com")) {
      return OPENAI;
    } else if (host.equals("api.deepseek.com")) {
      return DEEPSEEK;
    } else if (host.equals("openrouter.ai")) {
      return OPENROUTER;
    }
    return port == 11434 ? OLLAMA : OTHER;
  }

  String maxTokensField() {
    return maxTokensField;
  }

  /** Most stop sequences; 0 for any number. */
  int stopLimit() {
    return stopLimit;
  }

  /** Whether {@code tool_choice} is honoured. */
  boolean toolChoice() {
    return toolChoice;
  }

  Thinking thinking() {
    return thinking;
  }

  /** Canonical fields that the server would not honour. */
  Set<String> ignored() {
    return ignored;
  }

  /** Whether {@code service_tier} chooses between several. */
  boolean tiers() {
    return this == OPENAI || this == OPENROUTER;
  }

  /** What the server calls a canonical field. */
  String field(String canonical) {
    return this == LLAMA_SERVER && canonical.equals("repetition_penalty")
        ? "repeat_penalty"
        : canonical;
  }
}
