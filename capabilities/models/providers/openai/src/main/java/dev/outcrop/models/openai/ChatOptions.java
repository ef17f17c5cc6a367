package dev.outcrop.models.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.ModelEntry;
import dev.outcrop.models.upstream.EntryOptions;

/**
 * The options of a chat model's entry.
 *
 * <ul>
 *   <li>{@code model}: what the server calls the model; default the entry's id
 *   <li>{@code server}: openai, vllm, llama-server, ollama, deepseek, openrouter or other; default
 *       by the address, other if that tells nothing. The defaults below are the server's
 *   <li>{@code maxTokensField}: max_completion_tokens or max_tokens
 *   <li>{@code stopLimit}: most stop sequences, 0 for any number
 *   <li>{@code toolChoice}: whether the server honours tool_choice; true, but for Ollama
 *   <li>{@code thinking}: how {@code thinking} is sent on: as effort (reasoning_effort), field
 *       (thinking, as it is) or template (chat_template_kwargs.enable_thinking)
 *   <li>{@code streamUsage}: whether to ask for usage by stream_options; default true, and a server
 *       that refuses it isn't asked again
 *   <li>{@code images}: whether the model sees images; default true
 *   <li>{@code documents}: text (default; the server reads what was found in them) or file (PDF as
 *       file parts)
 *   <li>{@code audio}, {@code video}: whether the model takes input_audio, video_url; default false
 *   <li>{@code systemRole}: system (default) or developer
 *   <li>{@code reasoningField}: by which field earlier reasoning is sent back, for example
 *       reasoning_content; default none, it is left out as most servers demand
 *   <li>{@code prefill}: whether an assistant message at the end is continued (vLLM's
 *       continue_final_message); default false, it is refused
 *   <li>{@code completions}: whether raw prompts go to /completions; default false, they are sent
 *       as a user message
 *   <li>{@code tokenizer}: what counts tokens: none, o200k_base, cl100k_base, p50k_base, r50k_base,
 *       vllm, llama-server; default by server and model
 *   <li>{@code extraBody}: a JSON object, laid over every request
 * </ul>
 */
record ChatOptions(
    String model,
    Server server,
    String maxTokensField,
    int stopLimit,
    boolean toolChoice,
    Server.Thinking thinking,
    boolean streamUsage,
    boolean images,
    DocumentInput documents,
    boolean audio,
    boolean video,
    String systemRole,
    String reasoningField,
    boolean prefill,
    boolean completions,
    String tokenizer,
    ObjectNode extraBody) {

  /** What becomes of documents. */
  enum DocumentInput {
    TEXT,
    FILE
  }

  /**
   * @param likely the server that the address tells
   */
  static ChatOptions of(ModelEntry entry, Server likely) {
    EntryOptions options = new EntryOptions(entry);
    Server server = options.choice("server", Server.class, likely);
    String model = options.text("model", entry.id());
    ChatOptions read =
        new ChatOptions(
            model,
            server,
            oneOf(
                options,
                "maxTokensField",
                server.maxTokensField(),
                "max_completion_tokens",
                "max_tokens"),
            options.number("stopLimit", server.stopLimit(), 0, 2500),
            options.flag("toolChoice", server.toolChoice()),
            options.choice("thinking", Server.Thinking.class, server.thinking()),
            options.flag("streamUsage", true),
            options.flag("images", true),
            options.choice("documents", DocumentInput.class, DocumentInput.TEXT),
            options.flag("audio", false),
            options.flag("video", false),
            oneOf(options, "systemRole", "system", "system", "developer"),
            options.text("reasoningField", null),
            options.flag("prefill", false),
            options.flag("completions", false),
            Tokenizers.option(options, server, model),
            Json.object(options, "extraBody"));
    options.finish();
    return read;
  }

  private static String oneOf(
      EntryOptions options, String key, String otherwise, String one, String two) {
    String value = options.text(key, otherwise);
    if (!value.equals(one) && !value.equals(two)) {
      options.problem(key + " must be " + one + " or " + two + ", not " + value);
    }
    return value;
  }
}
