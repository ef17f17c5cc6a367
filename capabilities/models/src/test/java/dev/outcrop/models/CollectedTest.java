package dev.outcrop.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDelta;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockStart;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ModelErrorException;

/** A stream collected into one answer. */
class CollectedTest {

  private final Collected collected = new Collected();

  @Test
  void everyKindOfBlockIsPutTogetherInTheOrderOfItsIndex() {
    collected.send(ConverseStreamOutput.messageStartBuilder().role("assistant").build());
    // Pieces of the tool's input come between those of the text.
    start(2, s -> s.toolUse(t -> t.toolUseId("u").name("add")));
    delta(2, d -> d.toolUse(t -> t.input("{\"a\":")));
    delta(0, d -> d.reasoningContent(r -> r.text("I ")));
    delta(0, d -> d.reasoningContent(r -> r.text("think")));
    delta(0, d -> d.reasoningContent(r -> r.signature("sig")));
    delta(1, d -> d.text("so "));
    delta(2, d -> d.toolUse(t -> t.input("1}")));
    delta(1, d -> d.text("be it"));
    delta(3, d -> d.text("cited"));
    delta(3, d -> d.citation(c -> c.title("t").location(l -> l.documentChar(x -> x.start(1)))));
    delta(4, d -> d.reasoningContent(r -> r.redactedContent(SdkBytes.fromUtf8String("secret"))));
    start(5, s -> s.image(i -> i.format("png")));
    delta(5, d -> d.image(i -> i.source(x -> x.bytes(SdkBytes.fromUtf8String("PN")))));
    delta(5, d -> d.image(i -> i.source(x -> x.bytes(SdkBytes.fromUtf8String("G")))));
    start(6, s -> s.toolResult(t -> t.toolUseId("v").type("web").status("success")));
    delta(6, d -> d.toolResult(r -> r.text("o"), r -> r.text("k")));
    end();

    List<ContentBlock> blocks = collected.response().output().message().content();
    assertThat(blocks).hasSize(7);
    assertThat(blocks.get(0).reasoningContent().reasoningText().text()).isEqualTo("I think");
    assertThat(blocks.get(0).reasoningContent().reasoningText().signature()).isEqualTo("sig");
    assertThat(blocks.get(1).text()).isEqualTo("so be it");
    assertThat(blocks.get(2).toolUse().input().asMap().get("a").asNumber().intValue()).isEqualTo(1);
    assertThat(blocks.get(3).citationsContent().content().getFirst().text()).isEqualTo("cited");
    assertThat(blocks.get(3).citationsContent().citations().getFirst().title()).isEqualTo("t");
    assertThat(blocks.get(4).reasoningContent().redactedContent().asUtf8String())
        .isEqualTo("secret");
    assertThat(blocks.get(5).image().source().bytes().asUtf8String()).isEqualTo("PNG");
    assertThat(blocks.get(6).toolResult().content().getFirst().text()).isEqualTo("ok");
    assertThat(blocks.get(6).toolResult().statusAsString()).isEqualTo("success");
  }

  @Test
  void anEndlessAnswerAndBrokenInputAreErrorsOfTheModel() {
    collected.send(ConverseStreamOutput.messageStartBuilder().role("assistant").build());
    assertThatThrownBy(collected::response).isInstanceOf(ModelErrorException.class);
    start(0, s -> s.toolUse(t -> t.toolUseId("u").name("add")));
    delta(0, d -> d.toolUse(t -> t.input("{")));
    end();
    assertThatThrownBy(collected::response)
        .isInstanceOf(ModelErrorException.class)
        .hasMessageContaining("not valid JSON");
  }

  private void start(int index, Consumer<ContentBlockStart.Builder> start) {
    collected.send(
        ConverseStreamOutput.contentBlockStartBuilder()
            .contentBlockIndex(index)
            .start(start)
            .build());
  }

  private void delta(int index, Consumer<ContentBlockDelta.Builder> delta) {
    collected.send(
        ConverseStreamOutput.contentBlockDeltaBuilder()
            .contentBlockIndex(index)
            .delta(delta)
            .build());
  }

  private void end() {
    collected.send(ConverseStreamOutput.messageStopBuilder().stopReason("end_turn").build());
    collected.send(
        ConverseStreamOutput.metadataBuilder()
            .usage(u -> u.inputTokens(1).outputTokens(1).totalTokens(2))
            .metrics(m -> m.latencyMs(1L))
            .build());
  }
}
