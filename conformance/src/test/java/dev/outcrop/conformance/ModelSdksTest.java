package dev.outcrop.conformance;

import static dev.outcrop.conformance.clients.Json.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outcrop.conformance.clients.Answer;
import dev.outcrop.conformance.clients.ModelSdks;
import dev.outcrop.conformance.clients.ModelSdks.Language;
import dev.outcrop.conformance.running.Homes;
import dev.outcrop.conformance.running.OutcropProcess;
import dev.outcrop.conformance.running.ScriptedUpstream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The official SDKs of OpenAI and Anthropic, unmodified, against a server that wants a key and has
 * a scripted server behind its model.
 */
final class ModelSdksTest {
  private static final String KEY = "a-key-of-the-conformance-suite";
  private static final String EMBEDDING = "outcrop.bge-small-en-v1.5";

  private static final String SCHEMA =
      """
      {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}
      """;

  private static ScriptedUpstream upstream;
  private static OutcropProcess server;
  private static final Map<Language, ModelSdks> SDKS = new EnumMap<>(Language.class);

  @BeforeAll
  static void serve() throws Exception {
    upstream = new ScriptedUpstream();
    Homes.pullChatModel();
    Path home = Homes.fresh("sdks");
    Files.writeString(
        home.resolve("outcrop.yaml"),
        """
        providers:
          scripted: {type: openai, endpoints: {one: {url: "%s"}}, retries: 0}
        models:
          script: {provider: scripted, kind: chat}
        aliases:
          "gpt-*": script
          "claude-*": script
        keys:
          suite: {api-keys: ["%s"]}
        """
            .formatted(upstream.endpoint(), KEY));
    server = OutcropProcess.up(home);
    for (Language language : Language.values()) {
      SDKS.put(language, new ModelSdks(language, server.endpoint(), KEY));
    }
  }

  @AfterAll
  static void close() {
    SDKS.values().forEach(ModelSdks::close);
    if (server != null) {
      server.close();
    }
    upstream.close();
  }

  private static JsonNode chat(String text, String more) {
    return json(
        "{\"model\": \"gpt-x\", \"messages\": [{\"role\": \"user\", \"content\": \"%s\"}]%s}",
        text, more);
  }

  private static JsonNode message(String text, String more) {
    return json(
        """
        {"model": "claude-x", "max_tokens": 50,
         "messages": [{"role": "user", "content": "%s"}]%s}
        """,
        text, more);
  }

  @ParameterizedTest
  @EnumSource
  void chatCompletions(Language language) {
    ModelSdks sdks = SDKS.get(language);
    JsonNode whole = sdks.call("openai", "chat.completions.create", chat("one two", "")).ok();
    assertThat(whole.at("/choices/0/message/content").asText()).isEqualTo("one two");
    assertThat(whole.at("/usage/prompt_tokens").asInt()).isEqualTo(9);
    assertThat(whole.at("/usage/prompt_tokens_details/cached_tokens").asInt()).isEqualTo(2);

    List<JsonNode> chunks =
        sdks.stream(
                "openai",
                "chat.completions.create",
                chat("one two", ", \"stream_options\": {\"include_usage\": true}"))
            .streamed();
    assertThat(texts(chunks, "/choices/0/delta/content")).isEqualTo("one two");
    assertThat(chunks.getLast().at("/usage/total_tokens").asInt()).isEqualTo(13);
  }

  private static String texts(List<JsonNode> events, String pointer) {
    return events.stream().map(e -> e.at(pointer).asText("")).collect(Collectors.joining());
  }

  @ParameterizedTest
  @EnumSource
  void chatToolsGoRound(Language language) {
    ModelSdks sdks = SDKS.get(language);
    String tools =
        ", \"tools\": [{\"type\": \"function\", \"function\": {\"name\": \"weather\","
            + " \"parameters\": "
            + SCHEMA
            + "}}]";
    JsonNode called = sdks.collect("openai", "chat.completions", chat("weather?", tools)).ok();
    JsonNode call = called.at("/choices/0/message/tool_calls/0");
    assertThat(json(call.at("/function/arguments").asText()))
        .isEqualTo(json("{\"city\": \"Bern\"}"));
    assertThat(called.at("/choices/0/finish_reason").asText()).isEqualTo("tool_calls");

    JsonNode back =
        json(
            """
            {"model": "gpt-x", "messages": [{"role": "user", "content": "weather?"},
              {"role": "assistant", "tool_calls": [{"id": "call_1", "type": "function",
                "function": {"name": "weather", "arguments": "{}"}}]},
              {"role": "tool", "tool_call_id": "call_1", "content": "sunny"}]%s}
            """,
            tools);
    JsonNode answer = sdks.call("openai", "chat.completions.create", back).ok();
    assertThat(answer.at("/choices/0/message/content").asText()).isEqualTo("sunny");
  }

  @ParameterizedTest
  @EnumSource
  void responsesGoOn(Language language) {
    ModelSdks sdks = SDKS.get(language);
    JsonNode first =
        sdks.call("openai", "responses.create", json("{\"model\": \"gpt-x\", \"input\": \"hi\"}"))
            .ok();
    assertThat(first.at("/output/0/content/0/text").asText()).isEqualTo("hi");
    String id = first.path("id").asText();
    String next = "{\"model\": \"gpt-x\", \"input\": \"and on\", \"previous_response_id\": \"%s\"}";

    List<JsonNode> events = sdks.stream("openai", "responses.create", json(next, id)).streamed();
    assertThat(texts(events, "/delta")).isEqualTo("and on");
    assertThat(events.getLast().path("type").asText()).isEqualTo("response.completed");
    JsonNode collected = sdks.collect("openai", "responses", json(next, id)).ok();
    assertThat(collected.at("/output/0/content/0/text").asText()).isEqualTo("and on");

    JsonNode kept = sdks.call("openai", "responses.retrieve", json("{}"), id).ok();
    assertThat(kept.at("/output/0/content/0/text").asText()).isEqualTo("hi");
    JsonNode items = sdks.call("openai", "responses.input_items.list", json("{}"), id).ok();
    assertThat(items.at("/0/content/0/text").asText()).isEqualTo("hi");
    assertThat(sdks.call("openai", "responses.delete", json("{}"), id).error()).isNull();
    sdks.call("openai", "responses.create", json(next, id)).failedTyped("BadRequestError", 400);
  }

  @ParameterizedTest
  @EnumSource
  void responseToolsGoRound(Language language) {
    ModelSdks sdks = SDKS.get(language);
    String tools =
        ", \"tools\": [{\"type\": \"function\", \"name\": \"weather\", \"strict\": false,"
            + " \"parameters\": "
            + SCHEMA
            + "}]";
    JsonNode called =
        sdks.collect(
                "openai",
                "responses",
                json("{\"model\": \"gpt-x\", \"input\": \"weather?\"%s}", tools))
            .ok();
    JsonNode call = called.at("/output/0");
    assertThat(call.path("type").asText()).isEqualTo("function_call");
    JsonNode back =
        json(
            """
            {"model": "gpt-x", "previous_response_id": "%s", "input": [
              {"type": "function_call_output", "call_id": "%s", "output": "sunny"}]%s}
            """,
            called.path("id").asText(), call.path("call_id").asText(), tools);
    JsonNode answer = sdks.call("openai", "responses.create", back).ok();
    assertThat(answer.at("/output/0/content/0/text").asText()).isEqualTo("sunny");
  }

  /** What a model of 135M parameters says is its own affair; its form is the server's. */
  @ParameterizedTest
  @EnumSource
  void localModelsCallToolsAndFollowSchemas(Language language) {
    ModelSdks sdks = SDKS.get(language);
    String ask =
        """
        {"model": "%s", "max_tokens": 60, "seed": 1, "user": "someone",
         "messages": [{"role": "user", "content": "How is the weather in Bern?"}], %s}
        """;
    String tool =
        """
        "tool_choice": "required", "tools": [{"type": "function", "function":
          {"name": "weather", "parameters": %s}}]
        """
            .formatted(SCHEMA);
    JsonNode called = sdks.collect("openai", "chat.completions", json(ask, Homes.CHAT, tool)).ok();
    JsonNode function = called.at("/choices/0/message/tool_calls/0/function");
    assertThat(function.path("name").asText()).isEqualTo("weather");
    assertThat(json(function.path("arguments").asText()).path("city").isTextual()).isTrue();

    String format =
        """
        "response_format": {"type": "json_schema", "json_schema": {"name": "place", "schema": %s}}
        """
            .formatted(SCHEMA);
    JsonNode filled =
        sdks.call("openai", "chat.completions.create", json(ask, Homes.CHAT, format)).ok();
    JsonNode content = json(filled.at("/choices/0/message/content").asText());
    assertThat(content.path("city").isTextual()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void embeddings(Language language) {
    JsonNode input =
        json("{\"model\": \"%s\", \"input\": [\"Granite\", \"A rock\"]%s}", EMBEDDING, "");
    JsonNode answer = SDKS.get(language).call("openai", "embeddings.create", input).ok();
    double norm = 0;
    for (JsonNode value : answer.at("/data/1/embedding")) {
      norm += value.asDouble() * value.asDouble();
    }
    assertThat(answer.at("/data/1/embedding")).hasSize(384);
    assertThat(norm).isCloseTo(1, within(1e-3));
    assertThat(answer.at("/usage/prompt_tokens").asInt()).isPositive();
  }

  @ParameterizedTest
  @EnumSource
  void bothListModels(Language language) {
    ModelSdks sdks = SDKS.get(language);
    for (String sdk : List.of("openai", "anthropic")) {
      JsonNode all = sdks.call(sdk, "models.list", json("{}")).ok();
      assertThat(all.findValuesAsText("id")).as(sdk).contains("script", EMBEDDING);
      JsonNode one = sdks.call(sdk, "models.retrieve", json("{}"), "script").ok();
      assertThat(one.path("id").asText()).isEqualTo("script");
    }
  }

  @ParameterizedTest
  @EnumSource
  void messages(Language language) {
    ModelSdks sdks = SDKS.get(language);
    JsonNode whole = sdks.call("anthropic", "messages.create", message("one two", "")).ok();
    assertThat(whole.at("/content/0/text").asText()).isEqualTo("one two");
    assertThat(whole.at("/usage/output_tokens").asInt()).isEqualTo(4);
    List<JsonNode> events =
        sdks.stream("anthropic", "messages.create", message("one two", "")).streamed();
    assertThat(texts(events, "/delta/text")).isEqualTo("one two");

    String tools = ", \"tools\": [{\"name\": \"weather\", \"input_schema\": " + SCHEMA + "}]";
    JsonNode called = sdks.collect("anthropic", "messages", message("weather?", tools)).ok();
    assertThat(called.at("/content/0/input/city").asText()).isEqualTo("Bern");
    JsonNode back =
        json(
            """
            {"model": "claude-x", "max_tokens": 50, "messages": [
              {"role": "user", "content": "weather?"}, {"role": "assistant", "content": %s},
              {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "%s",
                "content": "sunny"}]}]%s}
            """,
            called.path("content"), called.at("/content/0/id").asText(), tools);
    JsonNode answer = sdks.call("anthropic", "messages.create", back).ok();
    assertThat(answer.at("/content/0/text").asText()).isEqualTo("sunny");
  }

  @ParameterizedTest
  @EnumSource
  void messageTokensAreCounted(Language language) {
    JsonNode input =
        json(
            "{\"model\": \"%s\", \"messages\": [{\"role\": \"user\", \"content\": \"hi\"}]}",
            Homes.CHAT);
    JsonNode counted = SDKS.get(language).call("anthropic", "messages.count_tokens", input).ok();
    assertThat(counted.path("input_tokens").asInt()).isBetween(2, 60);
  }

  @ParameterizedTest
  @EnumSource
  void errorsAreTheSdksOwn(Language language) {
    ModelSdks sdks = SDKS.get(language);
    String chat = "chat.completions.create";
    JsonNode unknown =
        json("{\"model\": \"no-such\", \"messages\": [{\"role\": \"user\", \"content\": \"a\"}]}");
    sdks.call("openai", chat, unknown).failedTyped("NotFoundError", 404);
    sdks.call("openai", chat, chat("hi", ", \"n\": 3")).failedTyped("BadRequestError", 400);
    sdks.call("openai", chat, chat("limit", "")).failedTyped("RateLimitError", 429);
    sdks.call("anthropic", "messages.create", message("limit", ""))
        .failedTyped("RateLimitError", 429);
    sdks.call(
            "anthropic", "messages.create", message("hi", ", \"tool_choice\": {\"type\": \"no\"}"))
        .failedTyped("BadRequestError", 400);
    Answer broken = sdks.stream("openai", chat, chat("break", ""));
    assertThat(broken.error()).as("a stream that broke off").isNotNull();
    assertThat(broken.error().code()).isEqualTo("APIError");

    try (ModelSdks stranger = new ModelSdks(language, server.endpoint(), "not-a-key")) {
      stranger.call("openai", chat, chat("hi", "")).failedTyped("AuthenticationError", 401);
      stranger.call("openai", "models.list", json("{}")).failedTyped("AuthenticationError", 401);
      assertThat(stranger.call("anthropic", "messages.create", message("hi", "")).error().status())
          .isIn(401, 403);
    }
  }
}
