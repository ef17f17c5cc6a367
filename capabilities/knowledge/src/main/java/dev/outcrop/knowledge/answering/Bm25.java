package dev.outcrop.knowledge.answering;

import dev.outcrop.knowledge.index.QuestionText;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * BM25 over a handful of texts that are not in an index, with their own statistics (Robertson and
 * Zaragoza 2009, in Lucene's form).
 */
final class Bm25 {
  private static final double K1 = 1.2;
  private static final double B = 0.75;

  private final List<List<String>> texts;
  private final Map<String, Integer> documentFrequency = new HashMap<>();
  private final double averageLength;

  Bm25(List<String> texts) {
    this.texts = texts.stream().map(QuestionText::terms).toList();
    this.texts.forEach(
        t -> new HashSet<>(t).forEach(term -> documentFrequency.merge(term, 1, Integer::sum)));
    this.averageLength = this.texts.stream().mapToInt(List::size).average().orElse(1);
  }

  /** The score of each text for the question, in their order. */
  double[] scores(String question) {
    List<String> terms = QuestionText.terms(question);
    return texts.stream().mapToDouble(text -> score(terms, text)).toArray();
  }

  private double score(List<String> question, List<String> text) {
    Map<String, Integer> counts = new HashMap<>();
    text.forEach(term -> counts.merge(term, 1, Integer::sum));
    double norm = K1 * (1 - B + B * text.size() / Math.max(averageLength, 1));
    double score = 0;
    for (String term : question) {
      int count = counts.getOrDefault(term, 0);
      if (count > 0) {
        score += idf(term) * count / (count + norm);
      }
    }
    return score;
  }

  private double idf(String term) {
    int n = documentFrequency.getOrDefault(term, 0);
    return Math.log(1 + (texts.size() - n + 0.5) / (n + 0.5));
  }
}
