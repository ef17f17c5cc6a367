package dev.outcrop.models.compatible;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;

final class ChatCompletionsTest {

  private static final String PATH = "/v1/chat/completions";
  private static final String TOOLS =
      """
      , "tools": [{"type": "function", "function": {"name": "weather", "parameters":
        {"type": "object", "properties": {"city": {"type": "string"}}}}}]
      """;

  @TempDir Path folder;
  private Served api;

  @BeforeEach
  void serve() throws Exception {
    api = new Served(folder);
  }

  @AfterEach
  void close() {
    api.close();
  }

  private static String ask(String text, String more) {
    return """
    {"model": "%s", "messages": [{"role": "user", "content": "%s"}]%s}
    """
        .formatted(Served.CHAT, text, more);
  }

  @Test
  void answersInOnePiece() throws Exception {
    Served.Said said = api.post(PATH, ask("hello there", ", \"metadata\": {\"team\": \"red\"}"));

    assertThat(said.status()).isEqualTo(200);
    assertThat(said.at("/object")).isEqualTo("chat.completion");
    assertThat(said.at("/model")).isEqualTo(Served.CHAT);
    assertThat(said.at("/choices/0/message/content")).isEqualTo("hello there");
    assertThat(said.at("/choices/0/finish_reason")).isEqualTo("stop");
    assertThat(said.json().path("usage").toString())
        .isEqualTo(
            "{\"prompt_tokens\":11,\"completion_tokens\":3,\"total_tokens\":14,"
                + "\"prompt_tokens_details\":{\"cached_tokens\":4}}");
    String id = said.whole().headers().firstValue("x-request-id").orElseThrow();
    assertThat(api.calls)
        .singleElement()
        .satisfies(
            call -> {
              assertThat(call.operation()).isEqualTo("Converse");
              assertThat(call.key()).isEqualTo("one");
              assertThat(call.requestId()).isEqualTo(id);
              assertThat(call.metadata()).containsEntry("team", "red");
            });
  }

  @Test
  void whatIsAskedReachesTheModel() throws Exception {
    String asked =
        """
        {"model": "gpt-test", "max_completion_tokens": 9, "temperature": 0.5, "stop": ["END"],
         "seed": 3, "reasoning_effort": "low", "user": "u",
         "response_format": {"type": "json_schema", "json_schema":
           {"name": "point", "schema": {"type": "object"}, "strict": true}},
         "messages": [{"role": "developer", "content": "Be brief."},
           {"role": "user", "content": [{"type": "text", "text": "look"},
             {"type": "image_url", "image_url": {"url": "data:image/png;base64,AQID"}},
             {"type": "text", "text": "fine"}]}]}
        """;
    assertThat(api.post(PATH, asked).at("/model")).isEqualTo("gpt-test");

    ConverseStreamRequest request = api.script.lastAsked();
    assertThat(request.system().getFirst().text()).isEqualTo("Be brief.");
    assertThat(request.inferenceConfig().maxTokens()).isEqualTo(9);
    assertThat(request.inferenceConfig().stopSequences()).containsExactly("END");
    assertThat(request.outputConfig().textFormat().structure().jsonSchema().name())
        .isEqualTo("point");
    assertThat(request.additionalModelRequestFields().asMap().keySet())
        .containsExactlyInAnyOrder("seed", "reasoning_effort", "user");
    assertThat(request.messages().getLast().content())
        .extracting(ContentBlock::type)
        .containsExactly(ContentBlock.Type.TEXT, ContentBlock.Type.IMAGE, ContentBlock.Type.TEXT);
  }

  @Test
  void streams() throws Exception {
    List<JsonNode> chunks =
        api.stream(
            PATH,
            ask("one two", ", \"stream\": true, \"stream_options\": {\"include_usage\": true}"));

    assertThat(chunks.getLast().asText()).isEqualTo("[DONE]");
    List<JsonNode> data = chunks.subList(0, chunks.size() - 1);
    assertThat(data.getFirst().at("/choices/0/delta/role").asText()).isEqualTo("assistant");
    assertThat(
            data.stream()
                .map(chunk -> chunk.at("/choices/0/delta/content").asText())
                .collect(Collectors.joining("|")))
        .isEqualTo("one |two||");
    assertThat(data.get(2).at("/choices/0/finish_reason").asText()).isEqualTo("stop");
    assertThat(data.getLast().at("/usage/prompt_tokens").asInt()).isEqualTo(11);
    assertThat(api.calls.getFirst().operation()).isEqualTo("ConverseStream");
  }

  @Test
  void toolsGoRound() throws Exception {
    List<JsonNode> chunks = api.stream(PATH, ask("call", ", \"stream\": true" + TOOLS));
    assertThat(chunks)
        .anyMatch(c -> c.at("/choices/0/delta/tool_calls/0/id").asText().equals("call_1"));
    assertThat(chunks.get(chunks.size() - 2).at("/choices/0/finish_reason").asText())
        .isEqualTo("tool_calls");

    Served.Said called = api.post(PATH, ask("call", TOOLS));
    JsonNode message = called.json().at("/choices/0/message");
    assertThat(message.at("/tool_calls/0/function/arguments").asText())
        .isEqualTo("{\"city\":\"Bern\"}");

    String back =
        """
        {"model": "%s", "messages": [{"role": "user", "content": "call"}, %s,
          {"role": "tool", "tool_call_id": "call_1", "content": "sunny"}]%s}
        """
            .formatted(Served.CHAT, message, TOOLS);
    assertThat(api.post(PATH, back).at("/choices/0/message/content")).isEqualTo("sunny");
    assertThat(api.script.lastAsked().messages()).hasSize(3);
  }

  @Test
  void thoughtsComeAndGoBackSigned() throws Exception {
    JsonNode message = api.post(PATH, ask("think", "")).json().at("/choices/0/message");
    assertThat(message.path("reasoning_content").asText()).isEqualTo("Six times seven.");

    String back =
        """
        {"model": "%s", "messages": [{"role": "user", "content": "think"}, %s,
          {"role": "user", "content": "and?"}]}
        """
            .formatted(Served.CHAT, message);
    assertThat(api.post(PATH, back).status()).isEqualTo(200);
    assertThat(
            api.script
                .lastAsked()
                .messages()
                .get(1)
                .content()
                .getFirst()
                .reasoningContent()
                .reasoningText()
                .signature())
        .isEqualTo("signed");
  }

  @Test
  void aFailureMidwayIsAnErrorEvent() throws Exception {
    List<JsonNode> chunks = api.stream(PATH, ask("break", ", \"stream\": true"));

    assertThat(chunks).hasSize(2);
    assertThat(chunks.getFirst().at("/choices/0/delta/content").asText()).isEqualTo("Well");
    assertThat(chunks.getLast().at("/error/message").asText()).isEqualTo("the script breaks off");
    assertThat(chunks.getLast().at("/error/type").asText()).isEqualTo("server_error");
  }

  @Test
  void aClientThatLeavesEndsTheWork() throws Exception {
    byte[] body = ask("wait", ", \"stream\": true").getBytes(StandardCharsets.UTF_8);
    try (Socket socket = new Socket("127.0.0.1", api.endpoint().getPort())) {
      String head =
          "POST "
              + PATH
              + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer one\r\nContent-Length: "
              + body.length
              + "\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(body);
      InputStream in = socket.getInputStream();
      assertThat(in.read()).isPositive();
      assertThat(api.script.waiting.await(20, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(api.script.left.await(20, TimeUnit.SECONDS)).isTrue();
  }
}
