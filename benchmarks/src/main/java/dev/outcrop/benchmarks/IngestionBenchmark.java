package dev.outcrop.benchmarks;

import dev.outcrop.server.Outcrop;
import java.util.List;
import java.util.Map;

/**
 * Chunks per second from StartIngestionJob to COMPLETE (listing, reading, parsing, chunking,
 * embedding, indexing, committing), against nothing but ONNX Runtime over the same chunks, tokens
 * counted out beforehand, on as many threads as there are processors.
 */
final class IngestionBenchmark {
  private static final int DOCUMENTS = 150;
  private static final int WORDS = 190;
  private static final int ROUNDS = 3;

  private IngestionBenchmark() {}

  static List<Ratio> run() throws Exception {
    Corpus corpus = Corpus.of(DOCUMENTS, WORDS);
    int threads = Runtime.getRuntime().availableProcessors();
    Samples ours = new Samples();
    Samples baseline = new Samples();
    try (Scratch scratch = Scratch.make();
        Outcrop outcrop = Outcrop.open(scratch.resolve("home"), Map.of());
        RawEmbedding raw = new RawEmbedding()) {
      corpus.write(scratch.resolve("documents"));
      List<long[]> tokens = corpus.texts().stream().map(raw::tokens).toList();
      warmUp(outcrop, scratch, raw, tokens, threads);
      for (int round = 0; round < ROUNDS; round++) {
        long start = System.nanoTime();
        raw.vectors(tokens, threads);
        baseline.add(DOCUMENTS * 1e9 / (System.nanoTime() - start));
        Base base = Base.create(outcrop, "round-" + round, scratch.resolve("documents"));
        ours.add(DOCUMENTS / base.ingest(DOCUMENTS));
      }
    }
    return List.of(
        new Ratio(
            "Ingestion vs raw ONNX Runtime on the same chunks",
            ours.median(),
            baseline.median(),
            "chunks/s",
            Ratio.Target.atLeast(0.9)));
  }

  private static void warmUp(
      Outcrop outcrop, Scratch scratch, RawEmbedding raw, List<long[]> tokens, int threads)
      throws Exception {
    int few = 40;
    Corpus.of(few, WORDS).write(scratch.resolve("few"));
    Base.create(outcrop, "warm-up", scratch.resolve("few")).ingest(few);
    raw.vectors(tokens.subList(0, few), threads);
  }
}
