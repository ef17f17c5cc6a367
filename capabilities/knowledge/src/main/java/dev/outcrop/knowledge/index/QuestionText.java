package dev.outcrop.knowledge.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/** Text as BM25 sees it: lower-case English words without endings and stop words. */
public final class QuestionText {
  static final Analyzer ANALYZER = new EnglishAnalyzer();

  /** Lucene takes no more clauses; a question with more different words is cut to the first. */
  private static final int MOST_TERMS = 1024;

  private QuestionText() {}

  /** The terms of a text in order. */
  public static List<String> terms(String text) {
    List<String> terms = new ArrayList<>();
    try (TokenStream tokens = ANALYZER.tokenStream(Fields.TEXT, text)) {
      CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
      tokens.reset();
      while (tokens.incrementToken()) {
        terms.add(term.toString());
      }
      tokens.end();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return terms;
  }

  /** Any of the text's words, weighed by how often they stand in it. */
  static Query query(String text) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (String term : terms(text)) {
      if (counts.size() < MOST_TERMS || counts.containsKey(term)) {
        counts.merge(term, 1, Integer::sum);
      }
    }
    if (counts.isEmpty()) {
      return new MatchNoDocsQuery("no words");
    }
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    counts.forEach(
        (term, count) ->
            any.add(
                new BoostQuery(new TermQuery(new Term(Fields.TEXT, term)), count),
                BooleanClause.Occur.SHOULD));
    return any.build();
  }
}
