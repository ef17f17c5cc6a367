package dev.outcrop.benchmarks;

import dev.outcrop.http.HttpServer;
import dev.outcrop.http.HttpSettings;
import dev.outcrop.server.Outcrop;
import java.util.List;
import java.util.Map;

/**
 * Hybrid Retrieve over HTTP, against embedding the question by ONNX Runtime and searching by Lucene
 * in the same process, question by question in turn.
 */
final class RetrieveBenchmark {
  private static final int DOCUMENTS = 1500;
  private static final int WORDS = 25;
  private static final int WARM_UP = 1000;
  private static final int QUESTIONS = 400;
  private static final int RESULTS = 5;

  private RetrieveBenchmark() {}

  static List<Ratio> run() throws Exception {
    Corpus corpus = Corpus.of(DOCUMENTS, WORDS);
    int threads = Runtime.getRuntime().availableProcessors();
    try (Scratch scratch = Scratch.make();
        Outcrop outcrop = Outcrop.open(scratch.resolve("home"), Map.of());
        RawEmbedding embedding = new RawEmbedding()) {
      corpus.write(scratch.resolve("documents"));
      Base base = Base.create(outcrop, "documents", scratch.resolve("documents"));
      base.ingest(DOCUMENTS);
      List<float[]> vectors = embedding.vectors(corpus.texts(), threads);
      try (RawSearch search = new RawSearch(scratch.resolve("lucene"), corpus.texts(), vectors);
          HttpServer server = HttpServer.start(HttpSettings.defaults(), outcrop.handler());
          Connection connection = new Connection(server.port())) {
        return measure(base, embedding, search, connection);
      }
    }
  }

  private static List<Ratio> measure(
      Base base, RawEmbedding embedding, RawSearch search, Connection connection) throws Exception {
    Samples ours = new Samples();
    Samples baseline = new Samples();
    for (int i = 0; i < WARM_UP + QUESTIONS; i++) {
      String question = Corpus.question(i);
      byte[] request =
          Connection.post(
              "/knowledgebases/" + base.id() + "/retrieve",
              "bedrock",
              "{\"retrievalQuery\":{\"text\":\""
                  + question
                  + "\"},\"retrievalConfiguration\":{\"vectorSearchConfiguration\":"
                  + "{\"numberOfResults\":"
                  + RESULTS
                  + ",\"overrideSearchType\":\"HYBRID\"}}}");
      double without = raw(embedding, search, question);
      double with = connection.call(request) / 1e6;
      if (i >= WARM_UP) {
        baseline.add(without);
        ours.add(with);
      }
    }
    return List.of(
        new Ratio(
            "Retrieve, median, vs raw embedding and Lucene",
            ours.median(),
            baseline.median(),
            "ms",
            null),
        new Ratio(
            "Retrieve, p95, vs raw embedding and Lucene",
            ours.quantile(0.95),
            baseline.quantile(0.95),
            "ms",
            Ratio.Target.atMost(1.25)));
  }

  private static double raw(RawEmbedding embedding, RawSearch search, String question)
      throws Exception {
    long start = System.nanoTime();
    List<String> found = search.find(question, embedding.question(question), RESULTS);
    long end = System.nanoTime();
    if (found.size() != RESULTS) {
      throw new IllegalStateException("found " + found.size());
    }
    return (end - start) / 1e6;
  }
}
