package dev.outcrop.knowledge.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outcrop.knowledge.chunking.Chunk;
import dev.outcrop.knowledge.index.DocumentKey.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.lucene.search.Query;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.bedrockagentruntime.model.FilterAttribute;
import software.amazon.awssdk.services.bedrockagentruntime.model.RetrievalFilter;

class ChunkIndexTest {
  @TempDir Path folder;

  @Test
  void searchesSeeWhatWasCommittedAndNothingElse() {
    try (ChunkIndex index = ChunkIndex.open(folder)) {
      index.replace(key("a"), List.of(entry("a", "red apples", 1, 0, Map.of())));
      assertThat(index.size()).isZero();
      index.commit();
      index.replace(key("b"), List.of(entry("b", "blue skies", 0, 1, Map.of())));
    }
    try (ChunkIndex index = ChunkIndex.open(folder)) {
      assertThat(ids(index, Search.Mode.KEYWORD, "apple sky", null)).containsExactly("a");
    }
  }

  @Test
  void replacingADocumentLeavesNoneOfItsChunks() {
    try (ChunkIndex index = ChunkIndex.open(folder)) {
      index.replace(
          key("a"),
          List.of(entry("a0", "one", 1, 0, Map.of()), entry("a1", "two", 1, 0, Map.of())));
      index.commit();
      index.replace(key("a"), List.of(entry("a0", "three", 1, 0, Map.of())));
      index.commit();
      assertThat(index.size()).isEqualTo(1);
      index.replace(key("a"), List.of());
      index.commit();
      assertThat(index.size()).isZero();
    }
  }

  @Test
  void hybridRanksByBothSidesAndKeepsScoresBetweenNoughtAndOne() {
    try (ChunkIndex index = ChunkIndex.open(folder)) {
      index.replace(key("a"), List.of(entry("words", "zebra crossing", 0, 1, Map.of())));
      index.replace(key("b"), List.of(entry("vector", "something else", 1, 0, Map.of())));
      index.replace(key("c"), List.of(entry("both", "zebra stripes", 0.8f, 0.6f, Map.of())));
      index.commit();
      List<Hit> hits =
          index.find(new Search("zebra", new float[] {1, 0}, Search.Mode.HYBRID, null, 0, 10));
      assertThat(hits).extracting(Hit::id).startsWith("both").hasSize(3);
      assertThat(hits).extracting(Hit::score).allMatch(s -> s >= 0 && s <= 1);
      assertThat(ids(index, Search.Mode.SEMANTIC, "zebra", null)).startsWith("vector");
      assertThat(ids(index, Search.Mode.KEYWORD, "the zebras", null))
          .containsExactlyInAnyOrder("words", "both");
    }
  }

  @Test
  void filtersWorkBeforeRanking() {
    try (ChunkIndex index = ChunkIndex.open(folder)) {
      IntStream.range(0, 50)
          .forEach(
              i ->
                  index.replace(
                      key("d" + i),
                      List.of(
                          entry(
                              "d" + i,
                              "same text",
                              1,
                              0,
                              Map.of(
                                  "year", new Attribute.Number(2000 + i),
                                  "name", new Attribute.Text("n" + i),
                                  "even", new Attribute.Flag(i % 2 == 0),
                                  "tags", new Attribute.Texts(List.of("t" + i % 5, "all")))))));
      index.replace(key("bare"), List.of(entry("bare", "same text", 1, 0, Map.of())));
      index.commit();
      assertThat(count(index, f -> f.equalsValue(attribute("year", Document.fromNumber(2003)))))
          .isEqualTo(1);
      assertThat(count(index, f -> f.notEquals(attribute("year", Document.fromNumber(2003)))))
          .isEqualTo(49);
      assertThat(count(index, f -> f.greaterThan(attribute("year", Document.fromNumber(2047)))))
          .isEqualTo(2);
      assertThat(
              count(
                  index, f -> f.greaterThanOrEquals(attribute("year", Document.fromNumber(2047)))))
          .isEqualTo(3);
      assertThat(count(index, f -> f.lessThan(attribute("year", Document.fromNumber(2002)))))
          .isEqualTo(2);
      assertThat(
              count(index, f -> f.lessThanOrEquals(attribute("year", Document.fromNumber(2002)))))
          .isEqualTo(3);
      assertThat(count(index, f -> f.equalsValue(attribute("even", Document.fromBoolean(true)))))
          .isEqualTo(25);
      assertThat(count(index, f -> f.in(attribute("name", texts("n1", "n2", "x"))))).isEqualTo(2);
      assertThat(count(index, f -> f.notIn(attribute("name", texts("n1", "n2", "x")))))
          .isEqualTo(48);
      assertThat(count(index, f -> f.startsWith(attribute("name", Document.fromString("n1")))))
          .isEqualTo(11);
      assertThat(count(index, f -> f.stringContains(attribute("name", Document.fromString("4")))))
          .isEqualTo(14);
      assertThat(count(index, f -> f.listContains(attribute("tags", Document.fromString("t3")))))
          .isEqualTo(10);
      RetrievalFilter even =
          RetrievalFilter.builder()
              .equalsValue(attribute("even", Document.fromBoolean(true)))
              .build();
      RetrievalFilter t3 =
          RetrievalFilter.builder()
              .listContains(attribute("tags", Document.fromString("t3")))
              .build();
      assertThat(count(index, f -> f.andAll(even, t3))).isEqualTo(5);
      assertThat(count(index, f -> f.orAll(even, t3))).isEqualTo(30);
    }
  }

  @Test
  void refusesFiltersThatMakeNoSense() {
    assertThatThrownBy(() -> MetadataFilter.query(RetrievalFilter.builder().build()))
        .hasMessageContaining("exactly one operator");
    assertThatThrownBy(
            () ->
                MetadataFilter.query(
                    RetrievalFilter.builder()
                        .greaterThan(attribute("year", Document.fromString("x")))
                        .build()))
        .hasMessageContaining("greaterThan on 'year'");
  }

  @Test
  void aDamagedIndexSaysSo() throws IOException {
    try (ChunkIndex index = ChunkIndex.open(folder)) {
      index.replace(key("a"), List.of(entry("a", "text", 1, 0, Map.of())));
      index.commit();
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file :
          files.filter(f -> f.getFileName().toString().startsWith("segments")).toList()) {
        Files.write(file, new byte[] {1, 2, 3});
      }
    }
    assertThatThrownBy(() -> ChunkIndex.open(folder))
        .isInstanceOf(DamagedIndexException.class)
        .hasMessageContaining("ingestion job");
  }

  @Test
  void writesOfAnInterruptedThreadDoNotBreakTheIndex() {
    try (ChunkIndex index = ChunkIndex.open(folder)) {
      Thread.currentThread().interrupt();
      index.replace(key("a"), List.of(entry("a", "text", 1, 0, Map.of())));
      index.commit();
      assertThat(Thread.interrupted()).isTrue();
      assertThat(index.size()).isEqualTo(1);
    }
  }

  private static long count(
      ChunkIndex index, java.util.function.Consumer<RetrievalFilter.Builder> filter) {
    Query query = MetadataFilter.query(RetrievalFilter.builder().applyMutation(filter).build());
    List<String> ids = ids(index, Search.Mode.HYBRID, "same", query);
    return ids.stream().distinct().count();
  }

  private static List<String> ids(ChunkIndex index, Search.Mode mode, String text, Query filter) {
    return index.find(new Search(text, new float[] {1, 0}, mode, filter, 0, 100)).stream()
        .map(Hit::id)
        .toList();
  }

  private static FilterAttribute attribute(String key, Document value) {
    return FilterAttribute.builder().key(key).value(value).build();
  }

  private static Document texts(String... values) {
    return Document.fromList(Stream.of(values).map(Document::fromString).toList());
  }

  private static DocumentKey key(String id) {
    return new DocumentKey("SOURCE", Kind.CUSTOM, id);
  }

  private static Entry entry(
      String id, String text, float x, float y, Map<String, Attribute> attributes) {
    return new Entry(
        id,
        new Chunk(text, 0, text.length(), 0, List.of(), List.of()),
        new float[] {x, y},
        attributes);
  }
}
