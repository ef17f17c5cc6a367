package dev.outcrop.knowledge.chunking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outcrop.knowledge.parsing.ParsedDocument;
import dev.outcrop.knowledge.parsing.ParsedDocument.Block;
import dev.outcrop.knowledge.parsing.ParsedDocument.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class FixedSizeTest {

  @Test
  void packsWholeSentencesUpToTheLimit() {
    assertThat(
            texts(10, 0, paragraph("One two three four. Five six seven. Eight nine ten eleven.")))
        .containsExactly("One two three four. Five six seven.", "Eight nine ten eleven.");
  }

  @Test
  void repeatsTheLastSentencesWithinTheOverlap() {
    assertThat(
            texts(8, 50, paragraph("One two three four. Five six seven. Eight nine ten eleven.")))
        .containsExactly(
            "One two three four. Five six seven.", "Five six seven. Eight nine ten eleven.");
  }

  @Test
  void aHeadingGoesWithWhatFollowsIt() {
    Block heading = new Block(Kind.HEADING, "Second part", 0, List.of());
    Block below = new Block(Kind.PARAGRAPH, "Words under it here.", 3, List.of("Second part"));
    List<Chunk> chunks = chunk(6, 0, paragraph("One two three four."), heading, below);
    assertThat(chunks)
        .extracting(Chunk::text)
        .containsExactly("One two three four.", "Second part\n\nWords under it here.");
    assertThat(chunks.getLast().sentences())
        .extracting(span -> span.of(chunks.getLast().text()))
        .containsExactly("Words under it here.");
  }

  @Test
  void aChunkThatBeginsBeforeAnyHeadingGoesByItsFirst() {
    Block heading = new Block(Kind.HEADING, "Part", 0, List.of());
    Block below = new Block(Kind.PARAGRAPH, "Words under it.", 0, List.of("Part"));
    assertThat(chunk(50, 0, paragraph("Before."), heading, below))
        .extracting(Chunk::headings)
        .containsExactly(List.of("Part"));
    assertThat(chunk(50, 0, paragraph("Before.")))
        .extracting(Chunk::headings)
        .containsExactly(List.of());
  }

  @Test
  void cutsWhatIsLongerThanAChunkBetweenWords() {
    assertThat(texts(3, 0, paragraph("a b c d e f g"))).containsExactly("a b c", "d e f", "g");
  }

  @Test
  void aDocumentWithoutTextHasNoChunks() {
    assertThat(chunk(5, 20)).isEmpty();
    assertThat(chunk(5, 20, paragraph("  "))).isEmpty();
  }

  @RepeatedTest(50)
  void everyWordIsInAChunkAndNoChunkIsTooLong(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    int max = 1 + random.nextInt(30);
    List<Block> blocks = new ArrayList<>();
    int word = 0;
    for (int b = 0; b < 1 + random.nextInt(12); b++) {
      StringBuilder text = new StringBuilder();
      for (int w = 0; w < random.nextInt(40); w++) {
        text.append("w").append(word++).append(random.nextInt(6) == 0 ? ". " : " ");
      }
      Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
      blocks.add(new Block(kind, text.toString(), b, List.of()));
    }
    List<Chunk> chunks = chunk(max, random.nextInt(100), blocks.toArray(Block[]::new));
    String all =
        " "
            + String.join(" ", chunks.stream().map(Chunk::text).toList()).replaceAll("[.\\s]+", " ")
            + " ";
    for (int w = 0; w < word; w++) {
      assertThat(all).contains(" w" + w + " ");
    }
    assertThat(chunks).allSatisfy(c -> assertThat(tokens(c.text())).isBetween(1, max));
    assertThat(chunks).extracting(Chunk::start).isSorted().doesNotHaveDuplicates();
  }

  private static List<String> texts(int max, int overlap, Block... blocks) {
    return chunk(max, overlap, blocks).stream().map(Chunk::text).toList();
  }

  private static List<Chunk> chunk(int max, int overlap, Block... blocks) {
    return new FixedSize(max, overlap, FixedSizeTest::tokens)
        .chunk(new ParsedDocument("text/plain", List.of(blocks)));
  }

  private static int tokens(String text) {
    return (int) Arrays.stream(text.split("\\s+")).filter(w -> !w.isEmpty()).count();
  }

  private static Block paragraph(String text) {
    return new Block(Kind.PARAGRAPH, text, 0, List.of());
  }
}
