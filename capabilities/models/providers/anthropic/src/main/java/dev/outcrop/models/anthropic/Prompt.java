package dev.outcrop.models.anthropic;

import dev.outcrop.models.RuntimeErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.SystemContentBlock;

/** A prompt of text completions: an optional system prompt, then turns that open with a name. */
record Prompt(List<SystemContentBlock> system, List<Message> messages) {

  static final String HUMAN = "\n\nHuman:";

  private static final Pattern TURN = Pattern.compile("(?:^|\n\n)(Human|Assistant):");

  /**
   * Takes a prompt apart. Text after the last {@code Assistant:} begins the answer.
   *
   * @throws software.amazon.awssdk.services.bedrockruntime.model.ValidationException when it does
   *     not begin with the human's turn or end with the assistant's
   */
  static Prompt read(String prompt) {
    Matcher turns = TURN.matcher(prompt);
    if (!turns.find() || !turns.group(1).equals("Human")) {
      throw RuntimeErrors.invalid(
          "Invalid prompt: prompt must start with \"\n\nHuman:\" turn after an optional system"
              + " prompt");
    }
    String system = prompt.substring(0, turns.start()).strip();
    List<Message> messages = new ArrayList<>();
    String role;
    do {
      role = turns.group(1);
      int from = turns.end();
      boolean more = turns.find();
      turn(role, prompt.substring(from, more ? turns.start() : prompt.length()), !more, messages);
      if (!more) {
        break;
      }
    } while (true);
    if (!role.equals("Assistant")) {
      throw RuntimeErrors.invalid("Invalid prompt: prompt must end with \"\n\nAssistant:\" turn");
    }
    return new Prompt(
        system.isEmpty() ? List.of() : List.of(SystemContentBlock.fromText(system)), messages);
  }

  private static void turn(String role, String text, boolean last, List<Message> messages) {
    // An answer's beginning must not end in white space, which the model would not go on from.
    String said = text.strip();
    if (said.isEmpty() && last) {
      return;
    }
    messages.add(
        Message.builder()
            .role(role.equals("Human") ? "user" : "assistant")
            .content(ContentBlock.fromText(said))
            .build());
  }
}
