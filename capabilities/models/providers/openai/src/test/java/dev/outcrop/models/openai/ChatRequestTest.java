package dev.outcrop.models.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.outcrop.models.ChatModel;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.bedrockruntime.model.CachePointType;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ImageBlock;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.SystemContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.Tool;
import software.amazon.awssdk.services.bedrockruntime.model.ToolResultContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ToolResultStatus;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/** What is sent for what was asked, field by field. */
class ChatRequestTest {

  private static final SdkBytes BYTES = SdkBytes.fromUtf8String("bytes");
  private static final ImageBlock IMAGE =
      ImageBlock.builder().format("png").source(s -> s.bytes(BYTES)).build();

  /** Sends the request and compares these members of the body. */
  private static void expect(
      String expected, Consumer<ConverseStreamRequest.Builder> request, String... options) {
    try (Fixture fixture = new Fixture(Fixture.toolCall())) {
      fixture.ask(fixture.chat(options), request);
      JsonNode sent = fixture.sent();
      JsonNode wanted = json(expected);
      wanted
          .properties()
          .forEach(field -> assertThat(sent.get(field.getKey())).isEqualTo(field.getValue()));
    }
  }

  private static void refuse(
      String message, Consumer<ConverseStreamRequest.Builder> request, String... options) {
    try (Fixture fixture = new Fixture(Fixture.hello())) {
      ChatModel model = fixture.chat(options);
      assertThatThrownBy(() -> fixture.ask(model, request))
          .isInstanceOf(ValidationException.class)
          .hasMessageContaining(message);
      assertThat(fixture.server.asked).isEmpty();
    }
  }

  private static JsonNode json(String text) {
    try {
      return new JsonMapper().readTree(text.replace('\'', '"'));
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static Message user(ContentBlock... content) {
    return Message.builder().role("user").content(content).build();
  }

  private static Message assistant(ContentBlock... content) {
    return Message.builder().role("assistant").content(content).build();
  }

  private static ContentBlock cachePoint() {
    return ContentBlock.fromCachePoint(c -> c.type(CachePointType.DEFAULT));
  }

  @Test
  void sendsTextAndParameters() {
    expect(
        """
        {'model': 'gpt-x', 'stream': true, 'stream_options': {'include_usage': true},
         'messages': [{'role': 'system', 'content': 'Be brief.\\nBe kind.'}, {'role': 'user', 'content': 'a\\nb'},
                      {'role': 'assistant', 'content': 'c'}, {'role': 'user', 'content': 'd'}],
         'max_tokens': 5, 'temperature': 0.7, 'top_p': 0.9, 'stop': ['x', 'y']}""",
        request ->
            request
                .system(
                    SystemContentBlock.fromText("Be brief."),
                    SystemContentBlock.fromCachePoint(c -> c.type("default")),
                    SystemContentBlock.fromText("Be kind."))
                .messages(
                    user(ContentBlock.fromText("a"), cachePoint(), ContentBlock.fromText("b")),
                    assistant(ContentBlock.fromText("c")),
                    user(ContentBlock.fromText("d")))
                .inferenceConfig(
                    c -> c.maxTokens(5).temperature(0.7f).topP(0.9f).stopSequences("x", "y")),
        "model",
        "gpt-x");
  }

  @Test
  void sendsAsTheServerWantsIt() {
    expect(
        "{'max_completion_tokens': 5, 'service_tier': 'flex', 'messages': [{'role': 'developer', 'content': 's'},{'role':'user','content':'Hi'}]}",
        request ->
            request
                .inferenceConfig(c -> c.maxTokens(5))
                .system(SystemContentBlock.fromText("s"))
                .serviceTier(t -> t.type("flex")),
        "server",
        "openai",
        "systemRole",
        "developer");
    expect(
        "{'service_tier': 'priority'}",
        request -> request.performanceConfig(p -> p.latency("optimized")),
        "server",
        "openai");
    expect(
        "{'repeat_penalty': 1.1, 'top_k': 40, 'chat_template_kwargs': {'enable_thinking': false, 'a': 1}, 'cache_prompt': true}",
        request ->
            request.additionalModelRequestFields(
                Document.mapBuilder()
                    .putNumber("repetition_penalty", 1.1)
                    .putNumber("top_k", 40)
                    .putDocument(
                        "thinking",
                        Document.fromMap(Map.of("type", Document.fromString("disabled"))))
                    .build()),
        "server",
        "llama-server",
        "extraBody",
        "{\"cache_prompt\": true, \"chat_template_kwargs\": {\"a\": 1}}");
    refuse(
        "at most 4",
        request -> request.inferenceConfig(c -> c.stopSequences("1", "2", "3", "4", "5")),
        "server",
        "openai");
    refuse("service tier 'flex'", request -> request.serviceTier(t -> t.type("flex")));
    refuse("optimized", request -> request.performanceConfig(p -> p.latency("optimized")));
    refuse(
        "additionalModelRequestFields.top_k",
        request ->
            request.additionalModelRequestFields(
                Document.mapBuilder().putNumber("top_k", 40).build()),
        "server",
        "ollama");
  }

  @Test
  void passesAdditionalFieldsOn() {
    expect(
        "{'seed': 7, 'logit_bias': {'50256': -100}, 'reasoning_effort': 'medium', 'big': 12345678901234567890, 'nested': [{'a': null}]}",
        request ->
            request.additionalModelRequestFields(
                Document.mapBuilder()
                    .putNumber("seed", 7)
                    .putNumber("n", 1)
                    .putNumber("big", "12345678901234567890")
                    .putDocument(
                        "nested",
                        Document.fromList(List.of(Document.mapBuilder().putNull("a").build())))
                    .putDocument(
                        "logit_bias", Document.mapBuilder().putNumber("50256", -100).build())
                    .putDocument(
                        "thinking",
                        Document.mapBuilder()
                            .putString("type", "enabled")
                            .putNumber("budget_tokens", 8000)
                            .build())
                    .build()));
    expect(
        "{'tool_choice': 'none'}",
        request ->
            request.additionalModelRequestFields(
                Document.mapBuilder().putString("tool_choice", "none").build()));
    for (String ours :
        List.of("messages", "stream", "model", "models", "tools", "tool_choice", "max_tokens")) {
      refuse(
          "Converse has a field for it",
          request ->
              request.additionalModelRequestFields(
                  Document.mapBuilder().putString(ours, "x").build()));
    }
    refuse(
        "must be 1",
        request ->
            request.additionalModelRequestFields(Document.mapBuilder().putNumber("n", 2).build()));
  }

  @Test
  void sendsTools() {
    Tool tool =
        Tool.fromToolSpec(
            t ->
                t.name("weather")
                    .description("d")
                    .strict(true)
                    .inputSchema(
                        s -> s.json(Document.mapBuilder().putString("type", "object").build())));
    String tools =
        "'tools': [{'type': 'function', 'function': {'name': 'weather', 'description': 'd', 'parameters': {'type': 'object'}, 'strict': true}}]";
    expect(
        "{" + tools + ", 'tool_choice': 'required'}",
        request ->
            request.toolConfig(c -> c.tools(tool).toolChoice(choice -> choice.any(a -> {}))));
    expect(
        "{" + tools + ", 'tool_choice': 'auto'}",
        request ->
            request.toolConfig(
                c ->
                    c.tools(tool, Tool.fromCachePoint(p -> p.type("default")))
                        .toolChoice(choice -> choice.auto(a -> {}))));
    expect(
        "{'tool_choice': {'type': 'function', 'function': {'name': 'weather'}}}",
        request ->
            request.toolConfig(
                c -> c.tools(tool).toolChoice(choice -> choice.tool(t -> t.name("weather")))));
    refuse(
        "toolConfig.toolChoice.any",
        request -> request.toolConfig(c -> c.tools(tool).toolChoice(choice -> choice.any(a -> {}))),
        "server",
        "ollama");
  }

  @Test
  void sendsToolUseAndResults() {
    Document input = Document.mapBuilder().putString("city", "Köln").build();
    expect(
        """
        {'messages': [
          {'role': 'user', 'content': 'q'},
          {'role': 'assistant', 'content': 'Looking.', 'tool_calls': [
            {'id': 't1', 'type': 'function', 'function': {'name': 'weather', 'arguments': '{\\"city\\":\\"Köln\\"}'}},
            {'id': 't2', 'type': 'function', 'function': {'name': 'map', 'arguments': '{}'}}]},
          {'role': 'tool', 'tool_call_id': 't1', 'content': 'rain\\n{\\"mm\\":3}'},
          {'role': 'tool', 'tool_call_id': 't2', 'content': 'The tool failed:\\nno paper\\nIts attachments are in the next message.'},
          {'role': 'user', 'content': [
            {'type': 'text', 'text': 'Attached to the result of the tool call t2:'},
            {'type': 'image_url', 'image_url': {'url': 'data:image/png;base64,Ynl0ZXM='}},
            {'type': 'text', 'text': 'And?'}]}]}""",
        request ->
            request.messages(
                user(ContentBlock.fromText("q")),
                assistant(
                    ContentBlock.fromReasoningContent(r -> r.reasoningText(t -> t.text("hm"))),
                    ContentBlock.fromText("Looking."),
                    ContentBlock.fromToolUse(u -> u.toolUseId("t1").name("weather").input(input)),
                    ContentBlock.fromToolUse(
                        u -> u.toolUseId("t2").name("map").input(Document.fromMap(Map.of())))),
                user(
                    ContentBlock.fromToolResult(
                        r ->
                            r.toolUseId("t1")
                                .content(
                                    ToolResultContentBlock.fromText("rain"),
                                    ToolResultContentBlock.fromJson(
                                        Document.mapBuilder().putNumber("mm", 3).build()))),
                    ContentBlock.fromToolResult(
                        r ->
                            r.toolUseId("t2")
                                .status(ToolResultStatus.ERROR)
                                .content(
                                    ToolResultContentBlock.fromText("no paper"),
                                    ToolResultContentBlock.fromImage(IMAGE))),
                    ContentBlock.fromText("And?"))));
  }

  @Test
  void sendsReasoningBackWhereItIsWanted() {
    Consumer<ConverseStreamRequest.Builder> request =
        r ->
            r.messages(
                user(ContentBlock.fromText("q")),
                assistant(
                    ContentBlock.fromReasoningContent(c -> c.reasoningText(t -> t.text("hm"))),
                    ContentBlock.fromText("a")),
                user(ContentBlock.fromText("b")));
    expect(
        "{'messages': [{'role':'user','content':'q'},{'role':'assistant','content':'a'},{'role':'user','content':'b'}]}",
        request);
    expect(
        "{'messages': [{'role':'user','content':'q'},{'role':'assistant','content':'a','reasoning_content':'hm'},{'role':'user','content':'b'}]}",
        request,
        "reasoningField",
        "reasoning_content");
  }

  @Test
  void sendsMedia() {
    ContentBlock pdf =
        ContentBlock.fromDocument(d -> d.format("pdf").name("report").source(s -> s.bytes(BYTES)));
    ContentBlock audio = ContentBlock.fromAudio(a -> a.format("wav").source(s -> s.bytes(BYTES)));
    ContentBlock video =
        ContentBlock.fromVideo(v -> v.format("three_gp").source(s -> s.bytes(BYTES)));
    expect(
        """
        {'messages': [{'role': 'user', 'content': [
          {'type': 'image_url', 'image_url': {'url': 'data:image/png;base64,Ynl0ZXM='}},
          {'type': 'file', 'file': {'filename': 'report.pdf', 'file_data': 'data:application/pdf;base64,Ynl0ZXM='}},
          {'type': 'input_audio', 'input_audio': {'data': 'Ynl0ZXM=', 'format': 'wav'}},
          {'type': 'video_url', 'video_url': {'url': 'data:video/3gpp;base64,Ynl0ZXM='}}]}]}""",
        request -> request.messages(user(ContentBlock.fromImage(IMAGE), pdf, audio, video)),
        "documents",
        "file",
        "audio",
        "true",
        "video",
        "true");
    refuse("messages.0.content.0.document", request -> request.messages(user(pdf)));
    refuse("messages.0.content.0.audio", request -> request.messages(user(audio)));
    refuse("messages.0.content.0.video", request -> request.messages(user(video)));
    refuse(
        "messages.0.content.0.image",
        request -> request.messages(user(ContentBlock.fromImage(IMAGE))),
        "images",
        "false");
  }

  @Test
  void sendsSearchResultsAndGuardedContentAsText() {
    expect(
        "{'messages': [{'role':'user','content':'Title: T\\nSource: S\\n\\nbody\\nguarded'}]}",
        request ->
            request.messages(
                user(
                    ContentBlock.fromSearchResult(
                        r -> r.title("T").source("S").content(c -> c.text("body"))),
                    ContentBlock.fromGuardContent(g -> g.text(t -> t.text("guarded"))))));
    refuse(
        "citations",
        request ->
            request.messages(
                user(
                    ContentBlock.fromSearchResult(
                        r ->
                            r.title("T")
                                .source("S")
                                .content(c -> c.text("x"))
                                .citations(c -> c.enabled(true))))));
  }

  @Test
  void asksForStructuredOutput() {
    expect(
        """
        {'response_format': {'type': 'json_schema', 'json_schema': {'name': 'city', 'description': 'd',
          'schema': {'type': 'object', 'additionalProperties': false}, 'strict': true}}, 'reasoning_effort': 'low'}""",
        request ->
            request.outputConfig(
                o ->
                    o.effort("low")
                        .textFormat(
                            f ->
                                f.type("json_schema")
                                    .structure(
                                        s ->
                                            s.jsonSchema(
                                                j ->
                                                    j.name("city")
                                                        .description("d")
                                                        .schema(
                                                            "{\"type\":\"object\",\"additionalProperties\":false}"))))));
    refuse(
        "not valid JSON",
        request ->
            request.outputConfig(
                o -> o.textFormat(f -> f.structure(s -> s.jsonSchema(j -> j.schema("{"))))));
  }

  @Test
  void refusesOrContinuesTheAssistant() {
    Consumer<ConverseStreamRequest.Builder> request =
        r ->
            r.messages(user(ContentBlock.fromText("q")), assistant(ContentBlock.fromText("It is")));
    refuse("prefill", request);
    expect(
        "{'continue_final_message': true, 'add_generation_prompt': false}",
        request,
        "prefill",
        "true");
  }

  @Test
  void refusesUnknownOptions() {
    try (Fixture fixture = new Fixture(Fixture.hello())) {
      assertThatThrownBy(() -> fixture.chat("modle", "x", "server", "azure", "stopLimit", "many"))
          .isInstanceOf(ValidationException.class)
          .hasMessageContaining("unknown option modle")
          .hasMessageContaining("server must be one of openai, vllm, llama-server, ollama")
          .hasMessageContaining("stopLimit must be a whole number");
    }
  }
}
