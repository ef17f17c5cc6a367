package dev.outcrop.models;

import java.util.List;

/** Counts four letters; enough to tell texts apart, and cut to two dimensions on demand. */
public final class LetterCounts implements EmbeddingModel {

  @Override
  public List<Integer> dimensions() {
    return List.of(4, 2);
  }

  @Override
  public int window() {
    return 1000;
  }

  @Override
  public int countTokens(String text) {
    return text.split(" ").length;
  }

  @Override
  public List<float[]> embed(List<String> texts, Purpose purpose) {
    return texts.stream().map(LetterCounts::vector).toList();
  }

  /** The counts of a to d, with norm 1. */
  public static float[] vector(String text) {
    float[] counts = new float[4];
    text.chars().filter(c -> c >= 'a' && c <= 'd').forEach(c -> counts[c - 'a']++);
    double norm = 0;
    for (float count : counts) {
      norm += count * count;
    }
    for (int i = 0; i < 4; i++) {
      counts[i] /= (float) Math.sqrt(norm);
    }
    return counts;
  }
}
