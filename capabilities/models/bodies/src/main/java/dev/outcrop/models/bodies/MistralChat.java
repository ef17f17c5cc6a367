package dev.outcrop.models.bodies;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.NativeBodies.Asked;
import dev.outcrop.models.NativeBody;
import java.util.List;

/**
 * Mistral's chat: OpenAI's, where the first models (2402) say {@code stop_reason}, and {@code
 * message} in chunks too.
 */
final class MistralChat {

  private MistralChat() {}

  static NativeBody read(Body body, Asked asked) {
    NativeBody.Chat chat =
        OpenAiChat.read(body, asked.modelId(), asked.streaming(), OpenAiChat.Thinking.FIELD);
    if (!asked.modelId().contains("-2402")) {
      return chat;
    }
    return new ChatText(
        false,
        chat.request(),
        response -> first(chat.answer(response)),
        () -> {
          NativeBody.Chunks chunks = chat.chunks();
          return event -> {
            List<ObjectNode> made = chunks.of(event);
            made.forEach(MistralChat::first);
            return made;
          };
        });
  }

  private static ObjectNode first(ObjectNode answer) {
    for (JsonNode choice : answer.path("choices")) {
      ObjectNode object = (ObjectNode) choice;
      object.set("stop_reason", object.remove("finish_reason"));
      if (object.has("delta")) {
        object.set("message", object.remove("delta"));
      }
    }
    return answer;
  }
}
