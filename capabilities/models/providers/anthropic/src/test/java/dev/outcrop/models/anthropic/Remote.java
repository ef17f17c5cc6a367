package dev.outcrop.models.anthropic;

import dev.outcrop.models.ChatModel;
import dev.outcrop.models.upstream.ProviderSettings;
import dev.outcrop.models.upstream.ScriptedServer;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;

/** A scripted Anthropic and the provider that calls it. */
final class Remote implements AutoCloseable {

  static final String SHORT_ANSWER =
      """
      data: {"type":"message_start","message":{"id":"m","type":"message","role":"assistant","content":[],"usage":{"input_tokens":5,"output_tokens":1}}}

      data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

      data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hello"}}

      data: {"type":"content_block_stop","index":0}

      data: {"type":"message_delta","delta":{"stop_reason":"stop_sequence","stop_sequence":"HALT"},"usage":{"output_tokens":2}}

      data: {"type":"message_stop"}

      """;

  final ScriptedServer server;
  final AnthropicProvider provider;

  Remote(ScriptedServer.Script script, String... settings) {
    server = new ScriptedServer(script);
    Map<String, String> flags = new HashMap<>();
    flags.put("type", "anthropic");
    flags.put("endpoints.one.url", server.url());
    flags.put("endpoints.one.keys", "sk-ant-1");
    for (int i = 0; i < settings.length; i += 2) {
      flags.put(settings[i], settings[i + 1]);
    }
    provider = new AnthropicProvider("claude-cloud", ProviderSettings.of(flags));
  }

  /** Answers every request with this stream. */
  static Remote streaming(String sse, String... settings) {
    return new Remote((asked, reply) -> reply.stream().chunk(sse), settings);
  }

  ChatModel model(String... options) {
    Map<String, String> all = new HashMap<>(Map.of("model", "claude-sonnet-4-5"));
    for (int i = 0; i < options.length; i += 2) {
      all.put(options[i], options[i + 1]);
    }
    return provider.chat(Calls.entry("claude", all));
  }

  static ConverseStreamRequest.Builder hello() {
    return ConverseStreamRequest.builder()
        .modelId("claude")
        .messages(m -> m.role("user").content(c -> c.text("Hi")))
        .inferenceConfig(c -> c.maxTokens(10));
  }

  @Override
  public void close() {
    provider.close();
    server.close();
  }
}
