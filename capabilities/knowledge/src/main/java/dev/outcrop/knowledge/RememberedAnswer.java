package dev.outcrop.knowledge;

import dev.outcrop.knowledge.answering.AnswerSink;
import java.util.List;
import java.util.function.Supplier;

/**
 * Passes an answer on and keeps its text for the session. What it passes on to is opened with the
 * first piece, so a request that fails before is answered with an error, not with a broken stream.
 */
final class RememberedAnswer implements AnswerSink {
  private final Supplier<AnswerSink> opening;
  private final StringBuilder text = new StringBuilder();
  private AnswerSink target;

  RememberedAnswer(Supplier<AnswerSink> opening) {
    this.opening = opening;
  }

  @Override
  public void text(String more) {
    text.append(more);
    target().text(more);
  }

  @Override
  public void citation(int start, String part, List<Source> sources) {
    target().citation(start, part, sources);
  }

  String text() {
    return text.toString();
  }

  private AnswerSink target() {
    if (target == null) {
      target = opening.get();
    }
    return target;
  }
}
