package dev.outcrop.models.anthropic;

import dev.outcrop.models.ModelEntry;
import dev.outcrop.models.RuntimeErrors;
import dev.outcrop.models.upstream.EntryOptions;
import java.util.List;

/**
 * The options of a model's entry.
 *
 * @param model {@code model}: what Anthropic calls it; the entry's id if it isn't said
 * @param maxTokens {@code maxTokens}: most tokens of an answer when a request doesn't say; 0 asks
 *     Anthropic for the model's own limit
 * @param beta {@code beta}: beta features of every request, with commas between them
 * @param structuredOutput {@code structuredOutput}: how an answer is made to follow a schema
 */
record AnthropicOptions(
    String model, int maxTokens, List<String> beta, StructuredOutput structuredOutput) {

  /** How an answer is made to follow a schema. */
  enum StructuredOutput {
    /** By {@code output_config}. */
    NATIVE,
    /** By a tool that has to be called, for older models. */
    TOOL
  }

  static AnthropicOptions of(ModelEntry entry) {
    EntryOptions options = new EntryOptions(entry);
    AnthropicOptions read =
        new AnthropicOptions(
            options.text("model", entry.id()),
            options.number("maxTokens", 0, 1, Integer.MAX_VALUE),
            options.list("beta"),
            options.choice("structuredOutput", StructuredOutput.class, StructuredOutput.NATIVE));
    try {
      options.finish();
    } catch (IllegalArgumentException e) {
      throw RuntimeErrors.invalid(e.getMessage());
    }
    return read;
  }
}
