package dev.outcrop.conformance.clients;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.conformance.running.Places;
import dev.outcrop.conformance.running.Tools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * The official SDKs of OpenAI ({@code openai}) and Anthropic ({@code anthropic}) in one language.
 * Methods are named as in Python, {@code chat.completions.create}.
 */
public final class ModelSdks implements AutoCloseable {

  /** The languages that both have an SDK for. */
  public enum Language {
    PYTHON,
    JAVASCRIPT
  }

  private final ScriptClient script;

  /**
   * @param key what both take for an API key
   */
  public ModelSdks(Language language, URI endpoint, String key) {
    Map<String, String> environment =
        Map.of(
            "OPENAI_BASE_URL",
            endpoint + "/v1",
            "OPENAI_API_KEY",
            key,
            "ANTHROPIC_BASE_URL",
            endpoint.toString(),
            "ANTHROPIC_API_KEY",
            key,
            "NO_PROXY",
            "*");
    try {
      script =
          switch (language) {
            case PYTHON ->
                new ScriptClient(
                    Places.root(),
                    List.of(
                        Tools.python().resolve("python").toString(),
                        Places.scripts("python").resolve("sdks.py").toString()),
                    environment);
            case JAVASCRIPT ->
                new ScriptClient(Tools.javascript(), List.of("node", "sdks.mjs"), environment);
          };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Calls a method.
   *
   * @param path what it takes before its parameters, above all an id
   */
  public Answer call(String sdk, String method, JsonNode input, String... path) {
    return ask("call", sdk, method, input, path);
  }

  /** Calls a method with {@code stream}; the answer has the events. */
  public Answer stream(String sdk, String method, JsonNode input) {
    return ask("stream", sdk, method, input);
  }

  /**
   * Streams by the SDK's own helper, which puts the pieces together; the answer is what it ends
   * with.
   *
   * @param resource for example {@code chat.completions}
   */
  public Answer collect(String sdk, String resource, JsonNode input) {
    return ask("collect", sdk, resource, input);
  }

  private Answer ask(String verb, String sdk, String name, JsonNode input, String... path) {
    ObjectNode request = Json.object().put("verb", verb).put("sdk", sdk).put("name", name);
    request.set("path", Json.MAPPER.valueToTree(path));
    return script.ask(request.set("input", input));
  }

  @Override
  public void close() {
    script.close();
  }
}
