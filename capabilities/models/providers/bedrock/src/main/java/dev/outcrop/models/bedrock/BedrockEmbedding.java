package dev.outcrop.models.bedrock;

import dev.outcrop.models.EmbeddingModel;
import dev.outcrop.models.RuntimeErrors;
import java.util.ArrayList;
import java.util.List;

/**
 * An embedding model of real Bedrock, asked by its family's body. Bedrock gives no tokenizer, so
 * tokens are reckoned by length before a call and counted by Bedrock in it.
 */
final class BedrockEmbedding implements EmbeddingModel {

  /** Fewer than English has, so that a window by this measure is none too long. */
  private static final int CHARACTERS_PER_TOKEN = 3;

  private final EmbeddingFamily family;

  private BedrockEmbedding(EmbeddingFamily family) {
    this.family = family;
  }

  /** The model of an id or ARN; its family is in the id. */
  static BedrockEmbedding of(Remote remote, String modelId) {
    if (modelId.contains("titan-embed")) {
      return new BedrockEmbedding(TitanFamily.of(remote, modelId));
    }
    if (modelId.contains("cohere.embed")) {
      return new BedrockEmbedding(CohereFamily.of(remote, modelId));
    }
    throw RuntimeErrors.invalid(
        "The embeddings of "
            + modelId
            + " cannot be asked for: only those of Titan and Cohere are known, by an id or ARN with"
            + " titan-embed or cohere.embed in it.");
  }

  @Override
  public List<Integer> dimensions() {
    return family.dimensions();
  }

  @Override
  public int window() {
    return family.window();
  }

  @Override
  public int countTokens(String text) {
    return Math.ceilDiv(text.length(), CHARACTERS_PER_TOKEN) + 1;
  }

  @Override
  public List<float[]> embed(List<String> texts, Purpose purpose) {
    return embedCounted(texts, purpose, dimensions().getFirst()).vectors();
  }

  @Override
  public Counted embedCounted(List<String> texts, Purpose purpose, int dimensions) {
    return embedInputs(
        texts.stream().map(text -> new Input(text, null)).toList(), purpose, dimensions);
  }

  @Override
  public Counted embedInputs(List<Input> inputs, Purpose purpose, int dimensions) {
    if (!dimensions().contains(dimensions)) {
      throw RuntimeErrors.invalid(
          "The model makes vectors of these dimensions only: " + dimensions() + ".");
    }
    List<List<Input>> windows = inputs.stream().map(this::windows).toList();
    Counted parts =
        family.embed(windows.stream().flatMap(List::stream).toList(), purpose, dimensions);
    List<float[]> vectors = new ArrayList<>();
    int from = 0;
    for (List<Input> of : windows) {
      vectors.add(averaged(of, parts.vectors().subList(from, from += of.size())));
    }
    return new Counted(vectors, parts.tokens());
  }

  private List<Input> windows(Input input) {
    int size = (int) Math.min(Integer.MAX_VALUE, (long) window() * CHARACTERS_PER_TOKEN);
    if (input.text() == null || input.text().length() <= size) {
      return List.of(input);
    }
    List<Input> windows = new ArrayList<>();
    int step = size - size / 8; // neighbours share an eighth
    for (int from = 0; from < input.text().length() - size / 8; from += step) {
      int to = Math.min(input.text().length(), from + size);
      windows.add(new Input(input.text().substring(from, to), input.image()));
    }
    return windows;
  }

  /** The average of the windows' vectors, each by its length, with norm 1. */
  private static float[] averaged(List<Input> windows, List<float[]> vectors) {
    float[] sum = new float[vectors.getFirst().length];
    for (int w = 0; w < vectors.size(); w++) {
      String text = windows.get(w).text();
      float weight = text == null ? 1 : text.length();
      float[] vector = vectors.get(w);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += weight * vector[i];
      }
    }
    double square = 0;
    for (float value : sum) {
      square += (double) value * value;
    }
    float norm = (float) Math.sqrt(square);
    for (int i = 0; i < sum.length && norm > 0; i++) {
      sum[i] /= norm;
    }
    return sum;
  }
}
