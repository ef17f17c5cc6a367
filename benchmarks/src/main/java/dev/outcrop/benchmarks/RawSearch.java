package dev.outcrop.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.QueryBuilder;

/** Hybrid search by Lucene alone: what a program without Outcrop would write. */
final class RawSearch implements AutoCloseable {
  private static final int DEPTH = 1000;
  private final FSDirectory directory;
  private final DirectoryReader reader;
  private final IndexSearcher searcher;

  RawSearch(Path folder, List<String> texts, List<float[]> vectors) throws IOException {
    directory = FSDirectory.open(folder);
    try (IndexWriter writer =
        new IndexWriter(directory, new IndexWriterConfig(new EnglishAnalyzer()))) {
      for (int i = 0; i < texts.size(); i++) {
        Document document = new Document();
        document.add(new TextField("text", texts.get(i), Field.Store.YES));
        document.add(
            new KnnFloatVectorField(
                "vector", vectors.get(i), VectorSimilarityFunction.DOT_PRODUCT));
        writer.addDocument(document);
      }
    }
    reader = DirectoryReader.open(directory);
    searcher = new IndexSearcher(reader);
  }

  /**
   * The texts found, best first: both rankings to the same depth as Outcrop's, scaled and added.
   */
  List<String> find(String question, float[] vector, int results) throws IOException {
    Map<Integer, Double> scores = new HashMap<>();
    add(scores, searcher.search(new KnnFloatVectorQuery("vector", vector, DEPTH), DEPTH).scoreDocs);
    add(
        scores,
        searcher.search(
                new QueryBuilder(new EnglishAnalyzer()).createBooleanQuery("text", question), DEPTH)
            .scoreDocs);
    List<Map.Entry<Integer, Double>> ranked = new ArrayList<>(scores.entrySet());
    ranked.sort(Map.Entry.<Integer, Double>comparingByValue().reversed());
    StoredFields stored = searcher.storedFields();
    List<String> texts = new ArrayList<>();
    for (Map.Entry<Integer, Double> hit : ranked.subList(0, Math.min(results, ranked.size()))) {
      texts.add(stored.document(hit.getKey()).get("text"));
    }
    return texts;
  }

  private static void add(Map<Integer, Double> scores, ScoreDoc[] hits) {
    if (hits.length > 0) {
      double least = hits[hits.length - 1].score;
      double range = Math.max(hits[0].score - least, 1e-9);
      for (ScoreDoc hit : hits) {
        scores.merge(hit.doc, (hit.score - least) / range, Double::sum);
      }
    }
  }

  @Override
  public void close() throws IOException {
    reader.close();
    directory.close();
  }
}
