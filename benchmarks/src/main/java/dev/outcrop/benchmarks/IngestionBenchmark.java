package dev.outcrop.benchmarks;

import dev.outcrop.server.Outcrop;
import java.util.List;
import java.util.Map;

/**
 * Chunks per second from StartIngestionJob to COMPLETE (listing, reading, parsing, chunking,
 * embedding, indexing, committing), against nothing but the tokenizer and ONNX Runtime over the
 * same chunks, on as many threads as there are processors.
 *
 * <p>Both are measured compiled, as in a server that has run for a while: thousands of short
 * documents take the same paths through the code beforehand and cost little embedding.
 */
final class IngestionBenchmark {
  private static final int DOCUMENTS = 400;

  /**
   * Of chunks as the default chunking makes of longer documents: under 300 tokens, and not by far.
   */
  private static final int WORDS = 250;

  private static final int ROUNDS = 3;
  private static final int SHORT_DOCUMENTS = 12_000;
  private static final int SHORT_WORDS = 3;

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
      warmUp(outcrop, scratch, raw, threads);
      for (int round = 0; round < ROUNDS; round++) {
        long start = System.nanoTime();
        raw.vectors(corpus.texts(), threads);
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

  private static void warmUp(Outcrop outcrop, Scratch scratch, RawEmbedding raw, int threads)
      throws Exception {
    warmUp(outcrop, scratch, "short", Corpus.of(SHORT_DOCUMENTS, SHORT_WORDS));
    Corpus few = Corpus.of(200, WORDS);
    warmUp(outcrop, scratch, "few", few);
    raw.vectors(few.texts(), threads);
  }

  private static void warmUp(Outcrop outcrop, Scratch scratch, String name, Corpus corpus)
      throws Exception {
    corpus.write(scratch.resolve(name));
    Base.create(outcrop, name, scratch.resolve(name)).ingest(corpus.texts().size());
  }
}
