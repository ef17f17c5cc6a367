package dev.outcrop.knowledge.answering;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.document.Document;

/**
 * An answer that is nothing but quotes, each cited. The references' metadata says how the quote
 * ranked: {@code x-outcrop-quote-rank} (1 is the best) and {@code x-outcrop-quote-score}.
 */
public final class QuotingAnswer {
  /** The answer when no sentence is near the question. */
  public static final String NOTHING =
      "Nothing in the knowledge base is near enough to this question to be quoted.";

  private QuotingAnswer() {}

  /** Writes the answer; the quotes come best first and are put in reading order. */
  public static void write(List<Quote> best, AnswerSink sink) {
    if (best.isEmpty()) {
      sink.text(NOTHING);
      sink.citation(0, NOTHING, List.of());
      return;
    }
    int length = 0;
    for (Quote quote : Quotes.inReadingOrder(best)) {
      String gap = length == 0 ? "" : " ";
      sink.text(gap + quote.text());
      int start = length + gap.length();
      sink.citation(
          start, quote.text(), List.of(new AnswerSink.Source(quote.passage(), rank(quote))));
      length = start + quote.text().length();
    }
  }

  private static Map<String, Document> rank(Quote quote) {
    return Map.of(
        "x-outcrop-quote-rank", Document.fromNumber(quote.rank()),
        "x-outcrop-quote-score", Document.fromNumber(quote.score()));
  }
}
