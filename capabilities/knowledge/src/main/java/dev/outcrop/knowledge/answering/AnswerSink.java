package dev.outcrop.knowledge.answering;

import dev.outcrop.knowledge.index.Hit;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.document.Document;

/** Receives an answer as it is made. */
public interface AnswerSink {

  /** More text of the answer. */
  void text(String text);

  /**
   * Says what a part of the text sent so far rests on.
   *
   * @param start offset of the part in the whole text
   * @param part the text from there on
   * @param sources the passages behind it; none when it rests on nothing found
   */
  void citation(int start, String part, List<Source> sources);

  /**
   * A passage behind a part of an answer.
   *
   * @param passage what was found
   * @param metadata to add to the passage's own
   */
  record Source(Hit passage, Map<String, Document> metadata) {}
}
