package dev.outcrop.knowledge.chunking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SentencesTest {

  @Test
  void breaksBehindFullStopsButNotBehindAbbreviations() {
    assertThat(split("Dr. Smith met J. R. Doe, e.g. in Boston. They spoke. Why? Nobody knows!"))
        .containsExactly(
            "Dr. Smith met J. R. Doe, e.g. in Boston.", "They spoke.", "Why?", "Nobody knows!");
  }

  @Test
  void breaksAtEmptyLines() {
    assertThat(split("A title\n\nThe first sentence. No. 5 is next\n\n- an item"))
        .containsExactly("A title", "The first sentence.", "No. 5 is next", "- an item");
  }

  @Test
  void leavesADotWithTheWordItBegins() {
    assertThat(split("It answers 501. ./outcrop coverage lists them. See .git for more."))
        .containsExactly("It answers 501.", "./outcrop coverage lists them.", "See .git for more.");
  }

  @Test
  void losesNoCharacter() {
    String text = "  One... two?! \"Three.\" (Four.)\n\n\n5.5 is a number. U.S. law. ";
    assertThat(String.join("", split(text)).replaceAll("\\s", ""))
        .isEqualTo(text.replaceAll("\\s", ""));
    assertThat(Sentences.split("")).isEmpty();
    assertThat(Sentences.split(" \n\n ")).isEmpty();
  }

  private static List<String> split(String text) {
    return Sentences.split(text).stream().map(span -> span.of(text)).toList();
  }
}
