package dev.outcrop.models.openai;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import dev.outcrop.models.upstream.EntryOptions;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Which tokenizer counts for a model. */
final class Tokenizers {

  static final String NONE = "none";
  static final String VLLM = "vllm";
  static final String LLAMA_SERVER = "llama-server";

  private static final Pattern O200K = Pattern.compile("(chatgpt-)?(gpt-(4o|4\\.|5)|o[1-9]).*");
  private static final Pattern CL100K =
      Pattern.compile("(gpt-4|gpt-3\\.5|gpt-35|text-embedding-(3|ada)).*");

  private static final EncodingRegistry REGISTRY = Encodings.newLazyEncodingRegistry();

  private Tokenizers() {}

  /** The option {@code tokenizer}, or what fits the server and model. */
  static String option(EntryOptions options, Server server, String model) {
    String name =
        options.text(
            "tokenizer",
            switch (server) {
              case OPENAI -> ofModel(model);
              case VLLM -> VLLM;
              case LLAMA_SERVER -> LLAMA_SERVER;
              default -> NONE;
            });
    if (!Set.of(NONE, VLLM, LLAMA_SERVER).contains(name) && EncodingType.fromName(name).isEmpty()) {
      options.problem(
          "tokenizer must be none, vllm, llama-server or one of " + names() + ", not " + name);
    }
    return name;
  }

  /** The same for what must be counted here. */
  static String local(EntryOptions options, Server server, String model) {
    String name = options.text("tokenizer", server == Server.OPENAI ? ofModel(model) : NONE);
    if (!name.equals(NONE) && EncodingType.fromName(name).isEmpty()) {
      options.problem("tokenizer must be none or one of " + names() + ", not " + name);
    }
    return name;
  }

  private static String names() {
    return String.join(
        ", ", Arrays.stream(EncodingType.values()).map(EncodingType::getName).toList());
  }

  /** The tokenizer of one of OpenAI's own models. */
  static String ofModel(String model) {
    return O200K.matcher(model).matches()
        ? "o200k_base"
        : CL100K.matcher(model).matches() ? "cl100k_base" : NONE;
  }

  /** The encoding of this name, where it is one that can be had here. */
  static Optional<Encoding> encoding(String name) {
    return EncodingType.fromName(name).map(REGISTRY::getEncoding);
  }
}
