package dev.outcrop.models.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.knuddels.jtokkit.api.Encoding;
import dev.outcrop.models.EmbeddingModel;
import dev.outcrop.models.RuntimeErrors;
import dev.outcrop.models.upstream.Failure;
import dev.outcrop.models.upstream.Failure.Kind;
import dev.outcrop.models.upstream.Upstream;
import dev.outcrop.models.upstream.UpstreamRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** An embedding model behind {@code /embeddings}. */
final class OpenAiEmbeddingModel implements EmbeddingModel {

  private final Upstream upstream;
  private final EmbeddingOptions options;
  private final Encoding encoding;
  private volatile List<Integer> dimensions;

  OpenAiEmbeddingModel(Upstream upstream, EmbeddingOptions options) {
    this.upstream = upstream;
    this.options = options;
    this.encoding = Tokenizers.encoding(options.tokenizer()).orElse(null);
    this.dimensions = options.dimensions();
  }

  /** Asks the server once when the configuration doesn't say. */
  @Override
  public List<Integer> dimensions() {
    if (dimensions.isEmpty()) {
      dimensions =
          List.of(ask(List.of("dimensions"), Purpose.DOCUMENT, null).vectors().getFirst().length);
    }
    return dimensions;
  }

  @Override
  public int window() {
    return options.window();
  }

  /** Exact with one of OpenAI's tokenizers, otherwise an estimate that is rather too high. */
  @Override
  public int countTokens(String text) {
    return encoding != null
        ? encoding.countTokensOrdinary(text)
        : (text.getBytes(StandardCharsets.UTF_8).length + 2) / 3;
  }

  @Override
  public List<float[]> embed(List<String> texts, Purpose purpose) {
    return embed(texts, purpose, null).vectors();
  }

  @Override
  public Counted embedCounted(List<String> texts, Purpose purpose, int wanted) {
    if (!dimensions().contains(wanted)) {
      throw RuntimeErrors.invalid("The model makes vectors of " + dimensions() + " dimensions.");
    }
    return embed(texts, purpose, wanted == dimensions().getFirst() ? null : wanted);
  }

  private Counted embed(List<String> texts, Purpose purpose, Integer wanted) {
    String prefix = purpose == Purpose.QUERY ? options.queryPrefix() : options.documentPrefix();
    int room = Math.max(1, options.window() - (prefix.isEmpty() ? 0 : countTokens(prefix)));
    List<List<String>> windows =
        texts.stream().map(text -> Windows.of(text, room, this::countTokens)).toList();
    List<String> pieces = windows.stream().flatMap(List::stream).map(prefix::concat).toList();
    List<float[]> vectors = new ArrayList<>(pieces.size());
    int tokens = 0;
    for (int from = 0; from < pieces.size(); from += options.batch()) {
      Counted answer =
          ask(
              pieces.subList(from, Math.min(pieces.size(), from + options.batch())),
              purpose,
              wanted);
      vectors.addAll(answer.vectors());
      tokens += answer.tokens();
    }
    return new Counted(joined(windows, vectors), tokens);
  }

  /** One vector for each text: that of its window, or the average of several by length. */
  private static List<float[]> joined(List<List<String>> windows, List<float[]> vectors) {
    List<float[]> joined = new ArrayList<>(windows.size());
    int next = 0;
    for (List<String> pieces : windows) {
      float[] sum = new float[vectors.get(next).length];
      for (String piece : pieces) {
        Vectors.add(sum, Vectors.normalized(vectors.get(next++)), piece.length());
      }
      joined.add(Vectors.normalized(sum));
    }
    return joined;
  }

  private Counted ask(List<String> texts, Purpose purpose, Integer wanted) {
    ObjectNode body = Json.object().put("model", options.model());
    texts.forEach(body.withArray("input")::add);
    if (options.base64()) {
      body.put("encoding_format", "base64");
    }
    if (wanted != null) {
      body.put("dimensions", wanted);
    }
    Json.lay(purpose == Purpose.QUERY ? options.queryBody() : options.documentBody(), body);
    Json.lay(options.extraBody(), body);
    JsonNode answer =
        upstream.json(UpstreamRequest.json("/embeddings", Json.bytes(body), options.model()));
    try {
      return read(answer, texts);
    } catch (Failure failure) {
      throw upstream.exception(failure);
    }
  }

  private Counted read(JsonNode answer, List<String> texts) {
    float[][] vectors = new float[texts.size()][];
    JsonNode data = answer.path("data");
    for (int i = 0; i < data.size(); i++) {
      int index = data.get(i).path("index").asInt(i);
      if (index >= 0 && index < vectors.length) {
        vectors[index] = Vectors.read(data.get(i).path("embedding"));
      }
    }
    List<float[]> read = new ArrayList<>(vectors.length);
    for (float[] vector : vectors) {
      if (vector == null || vector.length != vectors[0].length) {
        throw new Failure(
            Kind.BROKEN, 0, "it did not answer one vector for each of " + texts.size() + " texts");
      }
      read.add(vector);
    }
    JsonNode tokens = answer.path("usage").path("prompt_tokens");
    return new Counted(
        read,
        tokens.isInt() ? tokens.intValue() : texts.stream().mapToInt(this::countTokens).sum());
  }
}
