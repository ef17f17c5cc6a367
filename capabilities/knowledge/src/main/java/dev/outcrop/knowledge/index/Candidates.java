package dev.outcrop.knowledge.index;

import dev.outcrop.knowledge.index.Ranking.Scored;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;

/**
 * One search. Hybrid takes the first 1,000 chunks by vector and by BM25 and averages their scaled
 * scores, see {@link Ranking}. Filters work inside both, so they never thin the results out.
 */
final class Candidates {
  /** How deep each ranking goes before they are fused; also where paging through results ends. */
  static final int DEPTH = 1000;

  private final IndexSearcher searcher;
  private final Search search;

  Candidates(IndexSearcher searcher, Search search) {
    this.searcher = searcher;
    this.search = search;
  }

  List<Hit> hits() throws IOException {
    List<Scored<Integer>> ranked =
        switch (search.mode()) {
          case HYBRID -> Ranking.average(byVector(), byText());
          case SEMANTIC -> byVector();
          case KEYWORD -> Ranking.scaled(byText());
        };
    StoredFields stored = searcher.storedFields();
    List<Hit> hits = new ArrayList<>();
    for (Scored<Integer> scored :
        ranked.stream().skip(search.offset()).limit(search.limit()).toList()) {
      hits.add(Fields.hit(stored.document(scored.item()), scored.score()));
    }
    return hits;
  }

  private List<Scored<Integer>> byVector() throws IOException {
    return top(new KnnFloatVectorQuery(Fields.VECTOR, search.vector(), DEPTH, search.filter()));
  }

  private List<Scored<Integer>> byText() throws IOException {
    Query text = QuestionText.query(search.text());
    if (search.filter() == null) {
      return top(text);
    }
    return top(
        new BooleanQuery.Builder()
            .add(text, BooleanClause.Occur.MUST)
            .add(search.filter(), BooleanClause.Occur.FILTER)
            .build());
  }

  private List<Scored<Integer>> top(Query query) throws IOException {
    return Arrays.stream(searcher.search(query, DEPTH).scoreDocs)
        .map(hit -> new Scored<>(hit.doc, hit.score))
        .toList();
  }
}
