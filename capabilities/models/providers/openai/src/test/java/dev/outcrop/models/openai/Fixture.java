package dev.outcrop.models.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outcrop.models.ChatModel;
import dev.outcrop.models.ModelEntry;
import dev.outcrop.models.upstream.ScriptedServer;
import dev.outcrop.models.upstream.ScriptedServer.Script;
import dev.outcrop.models.upstream.Settings;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;

/** A provider before a scripted server. */
final class Fixture implements AutoCloseable {

  /** The chunk that ends a stream with {@code include_usage}. */
  static final String USAGE =
      "{\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":1}}";

  final ScriptedServer server;
  final OpenAiProvider provider;

  Fixture(Script script, String... settings) {
    server = new ScriptedServer(script);
    provider = new OpenAiProvider("gateway", Settings.of(server, settings));
  }

  /** Answers every request with these events and the end of the stream. */
  static Script saying(String... chunks) {
    return (asked, reply) -> {
      reply.stream();
      for (String chunk : chunks) {
        reply.event(chunk);
      }
      reply.event("[DONE]");
    };
  }

  /** Answers with a text of one chunk. */
  static Script hello() {
    return saying(
        delta("\"role\":\"assistant\",\"content\":\"\""),
        delta("\"content\":\"Hello\""),
        end("stop"),
        USAGE);
  }

  /** Answers by calling a tool. */
  static Script toolCall() {
    return saying(
        delta(
            "\"tool_calls\":[{\"index\":0,\"id\":\"t\",\"function\":{\"name\":\"n\",\"arguments\":\"{}\"}}]"),
        end("tool_calls"),
        USAGE);
  }

  static String delta(String fields) {
    return "{\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{%s},\"finish_reason\":null}]}"
        .formatted(fields);
  }

  static String end(String reason) {
    return "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"%s\"}]}".formatted(reason);
  }

  static ModelEntry entry(ModelEntry.Kind kind, String... options) {
    Map<String, String> map = new HashMap<>();
    for (int i = 0; i < options.length; i += 2) {
      map.put(options[i], options[i + 1]);
    }
    return new ModelEntry("m", "gateway", kind, null, map);
  }

  ChatModel chat(String... options) {
    return provider.chat(entry(ModelEntry.Kind.CHAT, options));
  }

  /** Asks with one user message unless the request says otherwise. */
  Events ask(ChatModel model, Consumer<ConverseStreamRequest.Builder> request) {
    Events events = new Events();
    model.converse(request(request), events);
    return events;
  }

  static ConverseStreamRequest request(Consumer<ConverseStreamRequest.Builder> request) {
    return ConverseStreamRequest.builder()
        .modelId("m")
        .messages(m -> m.role("user").content(c -> c.text("Hi")))
        .applyMutation(request)
        .build();
  }

  /** The body of the last request. */
  JsonNode sent() {
    return server.asked.getLast().json();
  }

  @Override
  public void close() {
    provider.close();
    server.close();
  }
}
