package dev.outcrop.models.compatible;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ResponsesTest {

  private static final String PATH = "/v1/responses";

  private Served api;

  @BeforeAll
  void serve(@TempDir Path folder) throws Exception {
    api = new Served(folder);
  }

  @AfterAll
  void close() {
    api.close();
  }

  private static String ask(String input, String more) {
    return "{\"model\": \"%s\", \"input\": %s%s}".formatted(Served.CHAT, input, more);
  }

  @Test
  void answersInOnePiece() throws Exception {
    Served.Said said =
        api.post(PATH, ask("\"hello\"", ", \"instructions\": \"Be brief.\", \"temperature\": 0.5"));

    assertThat(said.status()).isEqualTo(200);
    assertThat(said.at("/status")).isEqualTo("completed");
    assertThat(said.at("/output/0/content/0/text")).isEqualTo("hello");
    assertThat(said.at("/instructions")).isEqualTo("Be brief.");
    assertThat(said.at("/temperature")).isEqualTo("0.5");
    assertThat(said.json().path("usage").toString())
        .isEqualTo(
            "{\"input_tokens\":11,\"input_tokens_details\":{\"cached_tokens\":4},"
                + "\"output_tokens\":3,\"output_tokens_details\":{\"reasoning_tokens\":0},"
                + "\"total_tokens\":14}");
    assertThat(api.script.lastAsked().system().getFirst().text()).isEqualTo("Be brief.");
    assertThat(api.calls.getLast().operation()).isEqualTo("Converse");
  }

  @Test
  void whatIsAskedReachesTheModel() throws Exception {
    String input =
        """
        [{"role": "developer", "content": "Rules."},
         {"role": "user", "content": [{"type": "input_text", "text": "look"},
           {"type": "input_image", "detail": "auto", "image_url": "data:image/png;base64,AQID"}]},
         {"type": "reasoning", "summary": [], "encrypted_content": "sig",
          "content": [{"type": "reasoning_text", "text": "hm"}]},
         {"type": "function_call", "call_id": "c", "name": "weather", "arguments": "{}"},
         {"type": "function_call_output", "call_id": "c",
          "output": [{"type": "input_text", "text": "rain"},
            {"type": "input_image", "image_url": "data:image/png;base64,AQID"}]}]
        """;
    String more =
        """
        , "max_output_tokens": 20, "reasoning": {"effort": "high"}, "store": false,
        "tools": [{"type": "function", "name": "weather", "strict": true, "description": null,
          "parameters": {"type": "object"}}],
        "tool_choice": {"type": "function", "name": "weather"},
        "text": {"format": {"type": "json_schema", "name": "point",
          "schema": {"type": "object"}, "strict": true}}
        """;
    Served.Said said = api.post(PATH, ask(input, more));
    assertThat(said.at("/output/0/content/0/text")).as(said.json().toString()).isEqualTo("rain");

    ConverseStreamRequest request = api.script.lastAsked();
    assertThat(request.messages())
        .extracting(message -> message.content().stream().map(ContentBlock::type).toList())
        .containsExactly(
            List.of(ContentBlock.Type.TEXT, ContentBlock.Type.IMAGE),
            List.of(ContentBlock.Type.REASONING_CONTENT, ContentBlock.Type.TOOL_USE),
            List.of(ContentBlock.Type.TOOL_RESULT));
    assertThat(request.messages().getLast().content().getFirst().toolResult().content()).hasSize(2);
    assertThat(request.messages().get(1).content().getFirst().reasoningContent().reasoningText())
        .satisfies(thought -> assertThat(thought.signature()).isEqualTo("sig"));
    assertThat(request.toolConfig().toolChoice().tool().name()).isEqualTo("weather");
    assertThat(request.inferenceConfig().maxTokens()).isEqualTo(20);
    assertThat(request.outputConfig().textFormat().structure().jsonSchema().name())
        .isEqualTo("point");
    assertThat(request.additionalModelRequestFields().asMap()).containsKey("reasoning_effort");
    assertThat(said.at("/tools/0/name")).isEqualTo("weather");
  }

  @Test
  void streamsTheDocumentedEvents() throws Exception {
    List<JsonNode> events = api.stream(PATH, ask("\"call\"", ", \"stream\": true"));

    assertThat(events)
        .extracting(event -> event.path("type").asText().replace("response.", ""))
        .containsExactly(
            "created",
            "in_progress",
            "output_item.added",
            "content_part.added",
            "output_text.delta",
            "output_text.delta",
            "output_text.delta",
            "output_text.done",
            "content_part.done",
            "output_item.done",
            "output_item.added",
            "function_call_arguments.delta",
            "function_call_arguments.delta",
            "function_call_arguments.done",
            "output_item.done",
            "completed");
    for (int i = 0; i < events.size(); i++) {
      assertThat(events.get(i).path("sequence_number").asInt()).isEqualTo(i);
    }
    JsonNode call = events.getLast().at("/response/output/1");
    assertThat(call.path("arguments").asText()).isEqualTo("{\"city\": \"Bern\"}");
    assertThat(call.path("call_id").asText()).isEqualTo("call_1");
    assertThat(call).isEqualTo(events.get(14).path("item"));
    assertThat(events.get(11).path("item_id")).isEqualTo(call.path("id"));
    assertThat(events.getLast().at("/response/id")).isEqualTo(events.getFirst().at("/response/id"));
    assertThat(events.getLast().at("/response/usage/output_tokens").asInt()).isEqualTo(3);
  }

  @Test
  void thoughtsAreItemsAndTheirSignaturesAreShownOnDemand() throws Exception {
    List<JsonNode> plain = api.stream(PATH, ask("\"think\"", ", \"stream\": true"));
    List<JsonNode> asked =
        api.stream(
            PATH,
            ask("\"think\"", ", \"stream\": true, \"include\": [\"reasoning.encrypted_content\"]"));

    assertThat(plain)
        .anyMatch(event -> event.path("type").asText().equals("response.reasoning_text.delta"));
    JsonNode thought = plain.getLast().at("/response/output/0");
    assertThat(thought.path("type").asText()).isEqualTo("reasoning");
    assertThat(thought.at("/content/0/text").asText()).isEqualTo("Six times seven.");
    assertThat(plain).noneMatch(event -> event.toString().contains("signed"));
    assertThat(asked.getLast().at("/response/output/0/encrypted_content").asText())
        .isEqualTo("signed");
  }

  @Test
  void anAnswerThatIsCutIsIncomplete() throws Exception {
    JsonNode last = api.stream(PATH, ask("\"cut\"", ", \"stream\": true")).getLast();
    assertThat(last.path("type").asText()).isEqualTo("response.incomplete");
    assertThat(last.at("/response/incomplete_details/reason").asText())
        .isEqualTo("max_output_tokens");
    assertThat(api.post(PATH, ask("\"cut\"", "")).at("/status")).isEqualTo("incomplete");
  }

  @Test
  void aFailureMidwayIsAFailedResponse() throws Exception {
    JsonNode last = api.stream(PATH, ask("\"break\"", ", \"stream\": true")).getLast();
    assertThat(last.path("type").asText()).isEqualTo("response.failed");
    assertThat(last.at("/response/status").asText()).isEqualTo("failed");
    assertThat(last.at("/response/error/message").asText()).isEqualTo("the script breaks off");
    assertThat(api.post(PATH, ask("\"throttle\"", ", \"stream\": true")).status()).isEqualTo(429);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        ", \"background\": true|background",
        ", \"truncation\": \"auto\"|truncation",
        ", \"conversation\": \"conv_1\"|conversation",
        ", \"tools\": [{\"type\": \"web_search\"}]|tools[0].type",
        ", \"max_output_tokens\": 0|max_output_tokens",
        ", \"text\": {\"format\": {\"type\": \"yaml\"}}|text.format",
        ", \"include\": [\"file_search_call.results\"]|include",
        ", \"reasoning\": {\"summary\": \"detailed\"}|reasoning.summary",
        ", \"messages\": []|messages"
      })
  void whatCannotBeHonouredIsRefused(String more, String param) throws Exception {
    int before = api.script.asked.size();
    Served.Said said = api.post(PATH, ask("\"hi\"", more));
    assertThat(said.status()).isEqualTo(400);
    assertThat(said.at("/error/param")).as(said.json().toString()).isEqualTo(param);
    assertThat(api.script.asked).hasSize(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "[]",
        "[{\"type\": \"item_reference\", \"id\": \"msg_1\"}]",
        "[{\"type\": \"computer_call\"}]",
        "[{\"role\": \"user\", \"content\": [{\"type\": \"input_image\", \"image_url\": \"http://a/b\"}]}]",
        "[{\"role\": \"robot\", \"content\": \"hi\"}]",
        "[{\"type\": \"function_call\", \"name\": \"weather\", \"arguments\": \"{}\"}]"
      })
  void badInputIsRefused(String input) throws Exception {
    Served.Said said = api.post(PATH, ask(input, ""));
    assertThat(said.status()).isEqualTo(400);
    assertThat(said.at("/error/param")).startsWith("input");
    assertThat(said.at("/error/message")).doesNotContain("messages");
  }
}
