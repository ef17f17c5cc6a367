package dev.outcrop.models.llama;

import java.util.List;
import java.util.Locale;

/**
 * How a family of models writes a call of a tool.
 *
 * @param markers what every call, or list of calls, begins with, one of these
 * @param before what stands before the first call, one of these
 * @param open before a tool's name
 * @param middle between the name and the arguments
 * @param close after the arguments
 * @param between between calls
 * @param after after the last one
 * @param most how many calls an answer may have
 */
record Dialect(
    List<String> markers,
    List<String> before,
    String open,
    String middle,
    String close,
    String between,
    String after,
    int most) {
  private static final int MOST = 8;

  /** What stands inside of the same tags in other families' calls. */
  private static final List<String> OTHERS =
      List.of("<function=", "<arg_key>", "<invoke", "<tool_calls>");

  /** Hermes, Qwen, SmolLM; and models whose template knows nothing of tools. */
  static final Dialect TAGS =
      new Dialect(
          List.of("<tool_call>"),
          List.of(""),
          "<tool_call>\n{\"name\": \"",
          "\", \"arguments\": ",
          "}\n</tool_call>",
          "\n",
          "",
          MOST);

  /** Mistral's up to Nemo: one list, with or without a space before it. */
  static final Dialect MISTRAL =
      new Dialect(
          List.of("[TOOL_CALLS]"),
          List.of("[TOOL_CALLS][", "[TOOL_CALLS] ["),
          "{\"name\": \"",
          "\", \"arguments\": ",
          "}",
          ", ",
          "]",
          MOST);

  /** Mistral's later ones: a name and arguments for each call. */
  static final Dialect MISTRAL_NAMED =
      new Dialect(List.of("[TOOL_CALLS]"), List.of(""), "[TOOL_CALLS]", "[ARGS]", "", "", "", MOST);

  /** Llama from 3.1 on: the bare JSON, or after its tag for what a program reads. */
  static final Dialect LLAMA =
      new Dialect(
          List.of("{\"name\": \"", "<|python_tag|>"),
          List.of("", "<|python_tag|>"),
          "{\"name\": \"",
          "\", \"parameters\": ",
          "}",
          "",
          "",
          1);

  /** The one that a chat template speaks; null when it speaks none of these. */
  static Dialect of(String template) {
    if (!template.contains("tools")) {
      return null;
    }
    if (template.contains("[TOOL_CALLS]")) {
      return template.contains("[ARGS]") ? MISTRAL_NAMED : MISTRAL;
    }
    String lower = template.toLowerCase(Locale.ROOT);
    if (lower.contains("<tool_call>") && OTHERS.stream().noneMatch(lower::contains)) {
      return TAGS;
    }
    return lower.contains("ipython") && template.contains("\"parameters\": ") ? LLAMA : null;
  }
}
