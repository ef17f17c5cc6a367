package dev.outcrop.models.bodies;

import dev.outcrop.models.NativeBodies;
import dev.outcrop.models.NativeBody;
import dev.outcrop.models.RuntimeErrors;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The families whose bodies are understood here. A body's family shows in the model id; for ids of
 * no family it is the one that the model's option {@code body} names, else the one that the body's
 * keys fit.
 */
public final class Families implements NativeBodies {

  /** The option of a model's entry that names its family. */
  public static final String OPTION = "body";

  @FunctionalInterface
  private interface Reader {
    NativeBody read(Body body, Asked asked);
  }

  private record Family(String name, Pattern ids, Reader reader) {

    static Family of(String name, String ids, Reader reader) {
      return new Family(name, Pattern.compile(ids), reader);
    }
  }

  /** For families that no model id names. */
  private static final String NONE = "(?!)";

  /** In order: the first whose ids fit has the body. */
  private static final List<Family> ALL =
      List.of(
          Family.of("titan-multimodal", "amazon\\.titan-embed-image.*", TitanMultimodal::read),
          Family.of("titan-embedding", "amazon\\.titan-embed-.*", TitanEmbedding::read),
          Family.of("titan-image", "amazon\\.(titan-image|nova-canvas).*", TitanImage::read),
          Family.of("titan-text", "amazon\\.titan-(text|tg1).*", TitanText::read),
          Family.of("rerank", "(amazon|cohere)\\.rerank.*", Reranking::read),
          Family.of("nova-embedding", "amazon\\.nova-.*embeddings.*", NovaEmbedding::read),
          Family.of("nova", "amazon\\.nova.*", Nova::read),
          Family.of("llama", "meta\\.llama.*", Llama::read),
          Family.of("jurassic", "ai21\\.j2.*", Jurassic::read),
          Family.of("command-r", "cohere\\.command-r.*", CommandR::read),
          Family.of("command", "cohere\\.command.*", CohereCommand::read),
          Family.of("cohere-embed", "cohere\\.embed.*", CohereEmbed::read),
          Family.of("mistral", "mistral\\..*", Completion::mistral),
          Family.of("sdxl", "stability\\.stable-diffusion-xl.*", StableDiffusion::read),
          Family.of("stability", "stability\\..*", StableImage::read),
          Family.of("deepseek", "deepseek\\..*", Completion::deepSeek),
          Family.of("openai-completion", NONE, OpenAiCompletion::read),
          Family.of("openai", OpenAiIds.PATTERN, OpenAiChat::read));

  /** Another module's: these bodies are never taken for one of those here. */
  private static final String ANTHROPIC = "anthropic";

  private Families() {}

  /** All families, to be asked after those of other modules. */
  public static List<NativeBodies> standard() {
    return List.of(new Families());
  }

  /** The names that the option {@code body} may have. */
  public static List<String> names() {
    return ALL.stream().map(Family::name).toList();
  }

  @Override
  public Optional<NativeBody> read(Asked asked) {
    if (asked.modelId().startsWith("anthropic.")) {
      return Optional.empty();
    }
    for (Family family : ALL) {
      if (family.ids.matcher(asked.modelId()).matches()) {
        return Optional.of(family.reader.read(Body.parse(asked.bytes()), asked));
      }
    }
    String option = asked.entry().options().get(OPTION);
    if (ANTHROPIC.equals(option)) {
      return Optional.empty();
    }
    Body body = Body.parse(asked.bytes());
    Optional<String> name =
        option == null ? Keys.family(body, asked.entry().kind()) : Optional.of(option);
    return name.map(chosen -> named(chosen).reader.read(body, asked));
  }

  private static Family named(String name) {
    return ALL.stream()
        .filter(family -> family.name.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                RuntimeErrors.invalid(
                    "The option body of this model is '"
                        + name
                        + "', expected one of "
                        + names().stream().collect(Collectors.joining(", "))
                        + ", "
                        + ANTHROPIC
                        + "."));
  }
}
