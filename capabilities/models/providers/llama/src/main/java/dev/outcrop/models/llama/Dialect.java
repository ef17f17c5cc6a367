package dev.outcrop.models.llama;

import java.util.Locale;

/**
 * How a family of models writes a call of a tool.
 *
 * @param marker what every call, or list of calls, begins with
 * @param before what stands before the first call
 * @param open before a tool's name
 * @param middle between the name and the arguments
 * @param close after the arguments
 * @param between between calls
 * @param after after the last one
 * @param most how many calls an answer may have
 */
record Dialect(
    String marker,
    String before,
    String open,
    String middle,
    String close,
    String between,
    String after,
    int most) {
  private static final int MOST = 8;

  /** Hermes, Qwen, SmolLM; and models whose template knows nothing of tools. */
  static final Dialect TAGS =
      new Dialect(
          "<tool_call>",
          "",
          "<tool_call>\n{\"name\": \"",
          "\", \"arguments\": ",
          "}\n</tool_call>",
          "\n",
          "",
          MOST);

  static final Dialect MISTRAL =
      new Dialect(
          "[TOOL_CALLS]",
          "[TOOL_CALLS][",
          "{\"name\": \"",
          "\", \"arguments\": ",
          "}",
          ", ",
          "]",
          MOST);

  static final Dialect LLAMA =
      new Dialect("{\"name\": \"", "", "{\"name\": \"", "\", \"parameters\": ", "}", "", "", 1);

  /** The one that a chat template speaks; null when it speaks none of these. */
  static Dialect of(String template) {
    if (!template.contains("tools")) {
      return null;
    }
    if (template.contains("[TOOL_CALLS]")) {
      return MISTRAL;
    }
    String lower = template.toLowerCase(Locale.ROOT);
    if (lower.contains("<tool_call>")
        && !lower.contains("<function=")
        && !lower.contains("<arg_key>")) {
      return TAGS;
    }
    return lower.contains("ipython") && template.contains("\"parameters\": ") ? LLAMA : null;
  }
}
