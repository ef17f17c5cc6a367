package dev.outcrop.knowledge.answering;

import dev.outcrop.knowledge.Embedder;
import dev.outcrop.knowledge.chunking.Sentences;
import dev.outcrop.knowledge.index.Hit;
import dev.outcrop.knowledge.index.Ranking;
import dev.outcrop.knowledge.index.Ranking.Scored;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Answers by quoting, with no language model.
 *
 * <p>The sentences of the best passages are ranked as passages are, by embedding and BM25 with both
 * scores scaled and averaged, and half of their passage's score is added: what stands in a good
 * passage is a better answer.
 */
public final class Quotes {
  /** Passages whose sentences are looked at. */
  static final int PASSAGES = 5;

  /** Sentences quoted at most. */
  static final int MOST = 3;

  private static final double PASSAGE_WEIGHT = 0.5;

  /** A sentence is quoted beside the best one when its score is this share of the best. */
  static final double NEAR_BEST = 0.5;

  private final SentenceVectors vectors;

  public Quotes(SentenceVectors vectors) {
    this.vectors = vectors;
  }

  private record Candidate(Hit passage, Sentences.Span span, String text) {
    int place() {
      return passage.start() + span.start();
    }
  }

  /**
   * The sentences that answer best, best first; none when none is near the question.
   *
   * @param question as asked
   * @param vector the question's embedding
   * @param passages best first
   */
  public List<Quote> best(
      String question, Embedder.Model model, float[] vector, List<Hit> passages) {
    List<Candidate> candidates = candidates(passages);
    if (candidates.isEmpty()) {
      return List.of();
    }
    List<String> texts = candidates.stream().map(Candidate::text).toList();
    double[] words = new Bm25(texts).scores(question);
    double[] near = similarities(vector, vectors.of(model, texts));
    if (!anyNear(words, near, vectors.nearness(model))) {
      return List.of();
    }
    double[] scores = new double[candidates.size()];
    Ranking.average(scored(near), scored(words)).forEach(s -> scores[s.item()] = s.score());
    for (int i = 0; i < scores.length; i++) {
      scores[i] += PASSAGE_WEIGHT * candidates.get(i).passage().score();
    }
    List<Scored<Integer>> ranked = new ArrayList<>(scored(scores));
    ranked.sort(Ranking.best());
    return quotes(candidates, ranked);
  }

  private static List<Quote> quotes(List<Candidate> candidates, List<Scored<Integer>> ranked) {
    double least = ranked.getFirst().score() * NEAR_BEST;
    List<Quote> quotes = new ArrayList<>();
    for (Scored<Integer> scored : ranked.subList(0, Math.min(MOST, ranked.size()))) {
      if (scored.score() >= least) {
        Candidate c = candidates.get(scored.item());
        quotes.add(
            new Quote(c.passage(), c.span().start(), c.text(), scored.score(), quotes.size() + 1));
      }
    }
    return quotes;
  }

  /** The quotes as a reader meets them: the best one's document first, each from top to bottom. */
  public static List<Quote> inReadingOrder(List<Quote> best) {
    List<Object> documents =
        best.stream().<Object>map(q -> q.passage().document()).distinct().toList();
    List<Quote> ordered = new ArrayList<>(best);
    ordered.sort(
        Comparator.<Quote>comparingInt(q -> documents.indexOf(q.passage().document()))
            .thenComparingInt(q -> q.passage().start() + q.start()));
    return ordered;
  }

  /** Chunks overlap: a sentence that stands in two counts once, in the better one. */
  private static List<Candidate> candidates(List<Hit> passages) {
    Set<List<Object>> seen = new HashSet<>();
    List<Candidate> candidates = new ArrayList<>();
    for (Hit passage : passages.subList(0, Math.min(PASSAGES, passages.size()))) {
      for (Sentences.Span span : passage.sentences()) {
        Candidate candidate = new Candidate(passage, span, span.of(passage.text()));
        if (seen.add(List.of(passage.document(), candidate.place()))) {
          candidates.add(candidate);
        }
      }
    }
    return candidates;
  }

  /** Whether anything found is about what was asked. */
  private static boolean anyNear(double[] words, double[] near, Nearness bounds) {
    for (int i = 0; i < near.length; i++) {
      if (near[i] >= bounds.alone() || (words[i] > 0 && near[i] >= bounds.withWords())) {
        return true;
      }
    }
    return false;
  }

  private static double[] similarities(float[] question, List<float[]> sentences) {
    return sentences.stream().mapToDouble(s -> Nearness.cosine(question, s)).toArray();
  }

  private static List<Scored<Integer>> scored(double[] scores) {
    List<Scored<Integer>> list = new ArrayList<>(scores.length);
    for (int i = 0; i < scores.length; i++) {
      list.add(new Scored<>(i, scores[i]));
    }
    return list;
  }
}
