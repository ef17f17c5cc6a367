package dev.outcrop.models.bodies;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.NativeBodies.Asked;
import dev.outcrop.models.NativeBody;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.TokenUsage;

/**
 * Meta Llama: a ready prompt, completed as it stands. Images come before the prompt, which marks
 * their places.
 */
final class Llama {

  private static final Set<String> KEYS =
      Set.of("prompt", "max_gen_len", "temperature", "top_p", "images");
  private static final Sampling SAMPLING =
      new Sampling("max_gen_len", "temperature", 1, "top_p", null);

  private Llama() {}

  static NativeBody read(Body body, Asked asked) {
    body.only(KEYS);
    List<ContentBlock> blocks = new ArrayList<>();
    for (byte[] image : body.bytesList("images").orElse(List.of())) {
      blocks.add(
          DataUrl.image(
              DataUrl.imageFormat(image)
                  .orElseThrow(
                      () -> body.invalid("images", "an image is none of png, jpeg, gif and webp")),
              image));
    }
    blocks.add(ContentBlock.fromText(body.prompt("prompt")));
    Conversation conversation = new Conversation(asked.modelId());
    conversation.say("user", blocks);
    return new ChatText(
        true, conversation.request(SAMPLING.read(body)).build(), Llama::answer, Llama::chunks);
  }

  private static ObjectNode answer(ConverseResponse response) {
    return said(Answers.text(response), response.usage(), response.stopReasonAsString());
  }

  /** The counts of a piece are numbers in Meta's own stream; until the end, pieces are counted. */
  private static NativeBody.Chunks chunks() {
    int[] pieces = new int[1];
    return new TextChunks(
        text ->
            Body.JSON
                .createObjectNode()
                .put("generation", text)
                .putNull("prompt_token_count")
                .put("generation_token_count", ++pieces[0])
                .putNull("stop_reason"),
        Llama::end);
  }

  private static ObjectNode end(String stopReason, TokenUsage usage) {
    return said("", usage, stopReason);
  }

  private static ObjectNode said(String text, TokenUsage usage, String stopReason) {
    return Body.JSON
        .createObjectNode()
        .put("generation", text)
        .put("prompt_token_count", Answers.input(usage))
        .put("generation_token_count", usage.outputTokens())
        .put("stop_reason", Answers.stopOrLength(stopReason));
  }
}
