package dev.outcrop.models.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Anthropic's API over a real server, with a scripted Anthropic behind. */
class MessagesApiTest {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static FrontDoor door;

  @BeforeAll
  static void open() throws Exception {
    door = new FrontDoor();
  }

  @AfterAll
  static void close() {
    door.close();
  }

  private static HttpResponse<String> post(String path, String body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(door.url() + path))
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')));
    if (headers.length == 0) {
      request.headers("anthropic-version", "2023-06-01", "x-api-key", "anything");
    } else {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String ask(String model, String more) {
    return "{'model': '"
        + model
        + "', 'max_tokens': 10, 'messages': [{'role': 'user', 'content': 'Hi'}]"
        + more
        + "}";
  }

  @Test
  void anAnswerInOnePiece() throws Exception {
    HttpResponse<String> response = post("/v1/messages?beta=true", ask("claude", ""));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("request-id").orElseThrow()).startsWith("req_");
    JsonNode answer = Calls.json(response.body());
    assertThat(answer.path("id").asText()).startsWith("msg_01");
    ((ObjectNode) answer).remove("id");
    assertThat(answer)
        .isEqualTo(
            Calls.json(
                """
                {'model': 'claude', 'type': 'message', 'role': 'assistant',
                 'content': [{'type': 'text', 'text': 'Hello'}],
                 'stop_reason': 'end_turn', 'stop_sequence': null,
                 'usage': {'input_tokens': 5, 'cache_creation_input_tokens': 0,
                   'cache_read_input_tokens': 0,
                   'cache_creation': {'ephemeral_5m_input_tokens': 0, 'ephemeral_1h_input_tokens': 0},
                   'output_tokens': 2}}
                """));
  }

  @Test
  void aStream() throws Exception {
    HttpResponse<String> response = post("/v1/messages", ask("claude", ", 'stream': true"));

    assertThat(response.headers().firstValue("content-type").orElseThrow())
        .startsWith("text/event-stream");
    List<String> events =
        response
            .body()
            .lines()
            .filter(l -> l.startsWith("event: "))
            .map(l -> l.substring(7))
            .toList();
    assertThat(events)
        .containsExactly(
            "message_start",
            "ping",
            "content_block_start",
            "content_block_delta",
            "content_block_stop",
            "message_delta",
            "message_stop");
    assertThat(response.body())
        .endsWith("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
  }

  @Test
  void tokensAreCounted() throws Exception {
    HttpResponse<String> response =
        post(
            "/v1/messages/count_tokens",
            "{'model': 'claude', 'messages': [{'role': 'user', 'content': 'Hi'}]}");

    assertThat(response.body()).isEqualTo("{\"input_tokens\":41}");
  }

  @Test
  void whatAnthropicAllowsAndConverseDoesNot() throws Exception {
    HttpResponse<String> response =
        post(
            "/anthropic/v1/messages",
            """
            {'model': 'claude', 'max_tokens': 10, 'tools': [{'type': 'bash_20250124', 'name': 'bash'}],
             'tool_choice': {'type': 'tool', 'name': 'bash', 'disable_parallel_tool_use': true},
             'messages': [
               {'role': 'user', 'content': [{'type': 'text', 'text': 'Read.'},
                 {'type': 'document', 'source': {'type': 'text', 'media_type': 'text/plain', 'data': 'x'}, 'title': 'a_1.txt'},
                 {'type': 'document', 'source': {'type': 'text', 'media_type': 'text/plain', 'data': 'y'}, 'title': 'a_1.txt'},
                 {'type': 'document', 'source': {'type': 'text', 'media_type': 'text/plain', 'data': 'z'}}]},
               {'role': 'assistant', 'content': [{'type': 'tool_use', 'id': 'x', 'name': 'bash', 'input': {}}]},
               {'role': 'user', 'content': [{'type': 'tool_result', 'tool_use_id': 'x'}]},
               {'role': 'user', 'content': 'Go on.'}]}
            """);

    assertThat(response.body()).contains("Hello");
    JsonNode asked = door.remote.server.asked.getLast().json();
    assertThat(asked.at("/messages/0/content").findValuesAsText("title"))
        .containsExactly("a_1.txt", "a_1.txt");
    assertThat(asked.at("/messages/0/content/3").has("title")).isFalse();
    assertThat(asked.at("/messages/2/content").size()).isEqualTo(2);
    assertThat(asked.at("/messages/2/content/0/content").size()).isZero();
    assertThat(asked.at("/tools/0/type").asText()).isEqualTo("bash_20250124");
    assertThat(asked.at("/tool_choice/disable_parallel_tool_use").asBoolean()).isTrue();
  }

  @Test
  void betasOfTheClientReachAnthropic() throws Exception {
    post(
        "/v1/messages",
        ask("claude", ""),
        "anthropic-version",
        "2023-06-01",
        "anthropic-beta",
        "x-1, y-2");

    assertThat(door.remote.server.asked.getLast().headers())
        .containsEntry("anthropic-beta", "x-1,y-2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "claude | , 'stream': true, 'system': 'throttle' | 429 | rate_limit_error",
        "claude | , 'system': 'overload' | 529 | overloaded_error",
        "claude | , 'system': 'refuse' | 400 | invalid_request_error",
        "claude | , 'temprature': 1 | 400 | invalid_request_error",
        "nobody | `` | 404 | not_found_error",
      })
  void errors(String model, String more, int status, String type) throws Exception {
    HttpResponse<String> response = post("/v1/messages", ask(model, more));

    JsonNode error = Calls.parse(response.body());
    assertThat(error.path("type").asText()).isEqualTo("error");
    assertThat(error.at("/error/type").asText()).isEqualTo(type);
    assertThat(error.path("request_id").asText())
        .isEqualTo(response.headers().firstValue("request-id").orElseThrow());
    assertThat(response.statusCode()).isEqualTo(status);
  }

  @Test
  void whoMayCallIsDecidedAsForTheOperationsOfBedrock() throws Exception {
    String[] wrong = {"anthropic-version", "2023-06-01", "x-api-key", "wrong"};
    door.admitted.clear();
    post("/v1/messages", ask("claude", ""));
    post("/v1/messages", ask("claude", ", 'stream': true"));
    post("/v1/messages/count_tokens", ask("claude", ""));
    HttpResponse<String> refused = post("/v1/messages", ask("claude", ""), wrong);

    assertThat(door.admitted)
        .containsExactly("Converse", "ConverseStream", "CountTokens", "Converse");
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("permission_error", "This key may not.");
  }

  @Test
  void anErrorMidwayIsAnEvent() throws Exception {
    HttpResponse<String> response =
        post("/v1/messages", ask("claude", ", 'stream': true, 'system': 'break'"));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).contains("event: error\ndata: {\"type\":\"error\"");
    assertThat(response.body()).doesNotContain("message_stop");
  }

  @Test
  void requestsThatAreNone() throws Exception {
    assertThat(post("/v1/messages", "{").body())
        .contains("not valid JSON")
        .doesNotContain("Malformed");
    assertThat(post("/v1/messages", "{'model': 'claude'}").body())
        .contains("required key [max_tokens] not found");
    assertThat(post("/v1/messages/batches", "{}").statusCode()).isEqualTo(404);
    assertThat(post("/v1/messages", "{}", "accept", "*/*").body())
        .contains("anthropic-version: header is required");
    assertThat(post("/v1/messages", "{}", "anthropic-version", "1999").statusCode()).isEqualTo(400);
    HttpRequest get = HttpRequest.newBuilder(URI.create(door.url() + "/v1/messages")).GET().build();
    assertThat(CLIENT.send(get, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(405);
  }
}
