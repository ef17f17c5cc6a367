package dev.outcrop.knowledge.answering;

import dev.outcrop.knowledge.index.Hit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns a model's text with marks such as {@code [2]} or {@code [1, 3]} into text without them and
 * citations of the numbered passages. Text comes in pieces that may end within a mark. A mark cites
 * what was written since the one before; marks side by side cite the same.
 */
final class CitationMarks {
  private static final Pattern MARK = Pattern.compile("\\[\\s*\\d{1,3}(?:\\s*,\\s*\\d{1,3})*\\s*]");
  private static final Pattern BEGUN_MARK = Pattern.compile("\\[[\\d,\\s]{0,40}$");

  private final List<Hit> passages;
  private final AnswerSink sink;
  private final StringBuilder written = new StringBuilder();
  private final StringBuilder held = new StringBuilder();
  private final List<AnswerSink.Source> sources = new ArrayList<>();
  private int partStart;
  private boolean cited;

  CitationMarks(List<Hit> passages, AnswerSink sink) {
    this.passages = passages;
    this.sink = sink;
  }

  void write(String text) {
    held.append(text);
    Matcher mark = MARK.matcher(held);
    int done = 0;
    while (mark.find(done)) {
      emit(held.substring(done, mark.start()).stripTrailing());
      note(mark.group());
      done = mark.end();
    }
    held.delete(0, done);
    int keep = uncertain();
    emit(held.substring(0, keep));
    held.delete(0, keep);
  }

  /** Where the text begins that may turn out to be a mark, or space before one. */
  private int uncertain() {
    Matcher begun = BEGUN_MARK.matcher(held);
    int end = begun.find() ? begun.start() : held.length();
    while (end > 0 && Character.isWhitespace(held.charAt(end - 1))) {
      end--;
    }
    return end;
  }

  /** Ends the text. An answer without any mark is one part that rests on nothing. */
  void finish() {
    emit(held.toString().stripTrailing());
    endPart();
    if (!cited && !written.isEmpty()) {
      sink.citation(0, written.toString(), List.of());
    }
  }

  String text() {
    return written.toString();
  }

  private void emit(String text) {
    int closing = sources.isEmpty() ? 0 : closing(text);
    send(text.substring(0, closing));
    if (closing < text.length()) {
      endPart();
      String rest = text.substring(closing);
      send(written.isEmpty() ? rest.stripLeading() : rest);
    }
  }

  /** A full stop behind a mark belongs to the sentence before it. */
  private static int closing(String text) {
    int end = 0;
    while (end < text.length() && ".!?".indexOf(text.charAt(end)) >= 0) {
      end++;
    }
    return end;
  }

  private void send(String more) {
    if (!more.isEmpty()) {
      written.append(more);
      sink.text(more);
    }
  }

  private void note(String mark) {
    Arrays.stream(mark.substring(1, mark.length() - 1).split(","))
        .map(number -> Integer.parseInt(number.strip()))
        .filter(number -> number >= 1 && number <= passages.size())
        .map(number -> new AnswerSink.Source(passages.get(number - 1), Map.of()))
        .filter(source -> !sources.contains(source))
        .forEach(sources::add);
  }

  private void endPart() {
    if (sources.isEmpty()) {
      return;
    }
    int start = partStart;
    while (start < written.length() && Character.isWhitespace(written.charAt(start))) {
      start++;
    }
    if (start < written.length()) {
      sink.citation(start, written.substring(start), List.copyOf(sources));
      cited = true;
    }
    partStart = written.length();
    sources.clear();
  }
}
