package dev.outcrop.models.llama;

import static dev.outcrop.models.llama.Refusals.invalid;

import dev.outcrop.models.llama.Supervised.Loaded;
import dev.outcrop.models.llama.grammar.Grammar;
import dev.outcrop.models.templates.TemplateException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.SystemContentBlock;

/** Makes the prompt of a conversation with the chat template of a model. */
final class Rendering {
  private final Loaded loaded;
  private final Tools tools;
  private final OutputSchema output;
  private final Dialect own;

  /**
   * @param output null when the answer may have any form
   */
  Rendering(Loaded loaded, Tools tools, OutputSchema output) {
    if (loaded.template() == null) {
      throw invalid("This model has no chat template. Use InvokeModel with a raw prompt.");
    }
    this.loaded = loaded;
    this.tools = tools;
    this.output = output;
    this.own = Dialect.of(loaded.about().template());
  }

  /** What to check of the answer. */
  Answer.Checks checks() {
    return new Answer.Checks(
        dialect(), tools.checks(), output == null ? null : output.form().check());
  }

  /** How tools are called in the answer; null when there are none. */
  private Dialect dialect() {
    if (tools.none()) {
      return null;
    }
    return own == null ? Dialect.TAGS : own;
  }

  Prompt prompt(List<SystemContentBlock> system, List<Message> messages) {
    List<SystemContentBlock> all = new ArrayList<>(system);
    if (output != null) {
      all.add(SystemContentBlock.fromText(output.instructions()));
    }
    CachePoints points = CachePoints.counted();
    String text = render(Conversation.of(all, messages, tools, own == null, points));
    int mark = 0;
    if (points.count() > 0) {
      String signed = render(Conversation.of(all, messages, tools, own == null, points.signed()));
      mark = Math.max(1, commonPrefix(text, signed));
    }
    return new Prompt(text, false, grammar(), markers(), mark);
  }

  private static int commonPrefix(String one, String other) {
    int at = 0;
    while (at < Math.min(one.length(), other.length()) && one.charAt(at) == other.charAt(at)) {
      at++;
    }
    boolean split = at > 0 && Character.isHighSurrogate(one.charAt(at - 1));
    return split ? at - 1 : at;
  }

  private String grammar() {
    Grammar grammar = null;
    if (!tools.none()) {
      grammar = tools.calls(dialect());
    } else if (output != null) {
      grammar = output.form().grammar();
    }
    return grammar == null ? "" : Base64.getEncoder().encodeToString(grammar.bytes());
  }

  private List<String> markers() {
    return tools.none() || tools.must() ? List.of() : dialect().markers();
  }

  private String render(List<Map<String, Object>> messages) {
    try {
      return rendered(messages);
    } catch (TemplateException e) {
      List<Map<String, Object>> merged = withoutSystem(messages);
      if (merged != null) {
        return rendered(merged);
      }
      throw invalid("The model's chat template refused the conversation: " + e.getMessage());
    }
  }

  /**
   * For templates that take no system message: what we said there ourselves goes before the first
   * message. Null when it was not ours alone.
   */
  private List<Map<String, Object>> withoutSystem(List<Map<String, Object>> messages) {
    boolean ours = (own == null && !tools.none()) || output != null;
    if (!ours || !"system".equals(messages.getFirst().get("role"))) {
      return null;
    }
    List<Map<String, Object>> merged = new ArrayList<>(messages.subList(1, messages.size()));
    Map<String, Object> first = new LinkedHashMap<>(merged.getFirst());
    first.merge("content", messages.getFirst().get("content"), (text, said) -> said + "\n" + text);
    merged.set(0, first);
    return merged;
  }

  private String rendered(List<Map<String, Object>> messages) {
    Map<String, Object> variables = new HashMap<>();
    variables.put("messages", messages);
    variables.put("tools", own == null || tools.none() ? null : tools.forTemplate());
    variables.put("documents", null);
    variables.put("add_generation_prompt", true);
    variables.put("bos_token", loaded.about().begin());
    variables.put("eos_token", loaded.about().end());
    return loaded.template().render(variables);
  }
}
