package dev.outcrop.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IdsTest {
  @Test
  void makesTenUpperCaseAlphanumericsEachTimeAnew() {
    var ids = Stream.generate(Ids::alphanumeric10).limit(10_000).toList();
    assertThat(ids).allMatch(id -> id.matches("[0-9A-Z]{10}")).doesNotHaveDuplicates();
  }
}
