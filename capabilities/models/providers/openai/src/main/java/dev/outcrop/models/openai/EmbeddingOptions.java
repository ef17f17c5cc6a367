package dev.outcrop.models.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.ModelEntry;
import dev.outcrop.models.upstream.EntryOptions;
import java.util.List;

/**
 * The options of an embedding model's entry.
 *
 * <ul>
 *   <li>{@code model}: what the server calls the model; default the entry's id
 *   <li>{@code server}: as for chat models
 *   <li>{@code dimensions}: those that the model can answer with, its own first, for example {@code
 *       1536,512}; default what is known of OpenAI's models, otherwise what the server answers
 *   <li>{@code window}: most tokens of one text; default 8191 for OpenAI, otherwise 512
 *   <li>{@code batch}: most texts of one call; default 64
 *   <li>{@code queryPrefix}, {@code documentPrefix}: put before texts, as models such as E5 want
 *   <li>{@code base64}: whether vectors are asked for in base64, which is smaller and faster;
 *       default true, but false for Ollama
 *   <li>{@code tokenizer}: o200k_base, cl100k_base, p50k_base, r50k_base or none: then tokens are
 *       estimated as a third of the bytes. Asking a server for each text would take too long
 *   <li>{@code queryBody}, {@code documentBody}: JSON objects, laid over requests by what the text
 *       is for, for example {@code {"input_type": "query"}}
 *   <li>{@code extraBody}: a JSON object, laid over every request
 * </ul>
 */
record EmbeddingOptions(
    String model,
    List<Integer> dimensions,
    int window,
    int batch,
    String queryPrefix,
    String documentPrefix,
    boolean base64,
    String tokenizer,
    ObjectNode queryBody,
    ObjectNode documentBody,
    ObjectNode extraBody) {

  static EmbeddingOptions of(ModelEntry entry, Server likely) {
    EntryOptions options = new EntryOptions(entry);
    Server server = options.choice("server", Server.class, likely);
    String model = options.text("model", entry.id());
    EmbeddingOptions read =
        new EmbeddingOptions(
            model,
            dimensions(options, model),
            options.number("window", server == Server.OPENAI ? 8191 : 512, 16, 10_000_000),
            options.number("batch", 64, 1, 2048),
            options.raw("queryPrefix", ""),
            options.raw("documentPrefix", ""),
            options.flag("base64", server != Server.OLLAMA),
            Tokenizers.local(options, server, model),
            Json.object(options, "queryBody"),
            Json.object(options, "documentBody"),
            Json.object(options, "extraBody"));
    options.finish();
    return read;
  }

  private static List<Integer> dimensions(EntryOptions options, String model) {
    List<String> given = options.list("dimensions");
    if (given.isEmpty()) {
      return switch (model) {
        case "text-embedding-3-small" -> List.of(1536, 1024, 768, 512, 384, 256);
        case "text-embedding-3-large" -> List.of(3072, 1536, 1024, 768, 512, 384, 256);
        case "text-embedding-ada-002" -> List.of(1536);
        default -> List.of();
      };
    }
    if (given.stream().anyMatch(each -> !each.matches("[1-9]\\d{0,5}"))) {
      options.problem("dimensions must be whole numbers with commas between them");
      return List.of();
    }
    return given.stream().map(Integer::valueOf).toList();
  }
}
