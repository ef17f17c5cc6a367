package dev.outcrop.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TagsTest {
  private static final String ARN = "arn:aws:bedrock:us-east-1:000000000000:knowledge-base/A";

  @TempDir private Path folder;
  private Database database;
  private Tags tags;

  @BeforeEach
  void open() {
    database = Database.open(folder.resolve("outcrop.db"));
    tags = new Tags(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void addsReplacesAndRemoves() {
    tags.tag(ARN, Map.of("b", "1", "a", ""));
    tags.tag(ARN, Map.of("b", "2"));
    tags.tag(ARN + "B", Map.of("c", "3"));
    assertThat(tags.list(ARN)).containsExactly(Map.entry("a", ""), Map.entry("b", "2"));
    tags.untag(ARN, List.of("a", "none"));
    assertThat(tags.list(ARN)).containsOnlyKeys("b");
    tags.deleteAll(ARN);
    assertThat(tags.list(ARN)).isEmpty();
    assertThat(tags.list(ARN + "B")).hasSize(1);
  }

  @Test
  void allowsFiftyAndAddsNoneOfTooMany() {
    tags.tag(ARN, IntStream.range(0, 49).boxed().collect(Collectors.toMap(i -> "k" + i, i -> "v")));
    assertThatThrownBy(() -> tags.tag(ARN, Map.of("x", "", "y", "")))
        .isInstanceOf(StorageException.TooManyTags.class);
    assertThat(tags.list(ARN)).hasSize(49);
    tags.tag(ARN, Map.of("x", "", "k1", "again"));
    assertThat(tags.list(ARN)).hasSize(50);
  }

  @Test
  void refusesWhatAwsRefuses() {
    for (Map<String, String> bad :
        List.of(
            Map.of("", "v"),
            Map.of("k".repeat(129), "v"),
            Map.of("k", "v".repeat(257)),
            Map.of("AWS:k", "v"),
            Map.of("k", "semi;colon"),
            Map.of("new\nline", "v"))) {
      assertThatThrownBy(() -> tags.tag(ARN, bad)).isInstanceOf(StorageException.InvalidTag.class);
    }
    tags.tag(ARN, Map.of("Größe 1/2", "é@+=:_.-", "k".repeat(128), "v".repeat(256)));
    assertThat(tags.list(ARN)).hasSize(2);
  }
}
