package dev.outcrop.models.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.RuntimeErrors;
import dev.outcrop.models.upstream.Upstream;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/** Counts tokens exactly, or refuses to. */
interface TokenCounter {

  /**
   * The tokens of a conversation.
   *
   * @param body of chat completions
   */
  int chat(ObjectNode body);

  /** The tokens of a raw prompt. */
  int text(String text);

  /** Whether it costs no call of the server. */
  boolean local();

  /** The one for a model. */
  static TokenCounter of(ChatOptions options, Upstream upstream) {
    return switch (options.tokenizer()) {
      case Tokenizers.NONE -> new Unknown();
      case Tokenizers.VLLM, Tokenizers.LLAMA_SERVER ->
          new ServerTokenizer(upstream, options.model(), options.tokenizer());
      default -> new LocalTokenizer(Tokenizers.encoding(options.tokenizer()).orElseThrow());
    };
  }

  /** Knows no tokenizer. */
  record Unknown() implements TokenCounter {

    @Override
    public int chat(ObjectNode body) {
      throw refused();
    }

    @Override
    public int text(String text) {
      throw refused();
    }

    @Override
    public boolean local() {
      return false;
    }

    private static ValidationException refused() {
      return RuntimeErrors.invalid("The provided model doesn't support counting tokens.");
    }
  }
}
