package dev.outcrop.logs.invocations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PiecesTest {
  @Test
  void manyPiecesComeBackInTheirOrderAndUnchanged() {
    Pieces pieces = new Pieces();
    List<JsonNode> added = new ArrayList<>();
    assertThat(pieces.isEmpty()).isTrue();
    for (int i = 0; i < 1_000; i++) {
      JsonNode piece =
          JsonNodeFactory.instance
              .objectNode()
              .put("text", "Stück \"" + i + "\"\n")
              .put("number", new BigDecimal("0." + "1".repeat(40) + i));
      added.add(piece);
      pieces.add(piece);
      if (i % 50 == 0) {
        assertThat(pieces.all()).isEqualTo(added);
      }
    }
    assertThat(pieces.all()).isEqualTo(added);
    assertThat(pieces.only()).isNull();
    assertThat(pieces.bytes()).isGreaterThan(60_000);
  }

  @Test
  void onePieceStaysAsItCame() {
    Pieces pieces = new Pieces();
    JsonNode piece = JsonNodeFactory.instance.objectNode().put("text", "Stück");
    pieces.add(piece);
    assertThat(pieces.only()).isSameAs(piece);
    assertThat(pieces.all()).containsExactly(piece);
    assertThat(pieces.bytes()).isZero();
  }
}
