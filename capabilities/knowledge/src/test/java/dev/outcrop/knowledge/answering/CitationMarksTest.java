package dev.outcrop.knowledge.answering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outcrop.knowledge.index.DocumentKey;
import dev.outcrop.knowledge.index.Hit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CitationMarksTest {
  private final StringBuilder text = new StringBuilder();
  private final List<String> citations = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 1000})
  void marksBecomeCitationsHoweverTheTextIsCut(int size) {
    write("It is red [1]. It was built in 1889 [2, 1] [3]. See [a] and x[1] end.", size);
    assertThat(text).hasToString("It is red. It was built in 1889. See [a] and x end.");
    assertThat(citations)
        .containsExactly(
            "0 It is red. <a>", "11 It was built in 1889. <b, a, c>", "33 See [a] and x <a>");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 1000})
  void numbersThatDoNotExistCiteNothing(int size) {
    write("All of it is true [7].", size);
    assertThat(text).hasToString("All of it is true.");
    assertThat(citations).containsExactly("0 All of it is true. <>");
  }

  private void write(String answer, int size) {
    CitationMarks marks =
        new CitationMarks(
            List.of(hit("a"), hit("b"), hit("c")),
            new AnswerSink() {
              @Override
              public void text(String more) {
                text.append(more);
              }

              @Override
              public void citation(int start, String part, List<Source> sources) {
                assertThat(text.substring(start)).isEqualTo(part);
                citations.add(
                    start
                        + " "
                        + part
                        + " <"
                        + String.join(", ", sources.stream().map(s -> s.passage().id()).toList())
                        + ">");
              }
            });
    for (int i = 0; i < answer.length(); i += size) {
      marks.write(answer.substring(i, Math.min(answer.length(), i + size)));
    }
    marks.finish();
    assertThat(marks.text()).isEqualTo(text.toString());
  }

  private static Hit hit(String id) {
    DocumentKey key = new DocumentKey("S", DocumentKey.Kind.CUSTOM, id);
    return new Hit(id, key, "text", 0, List.of(), List.of(), Map.of(), 1);
  }
}
