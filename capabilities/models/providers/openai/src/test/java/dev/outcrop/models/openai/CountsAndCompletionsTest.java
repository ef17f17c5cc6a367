package dev.outcrop.models.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outcrop.models.ChatModel;
import dev.outcrop.models.upstream.ScriptedServer.Script;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseTokensRequest;
import software.amazon.awssdk.services.bedrockruntime.model.SystemContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.Tool;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

class CountsAndCompletionsTest {

  private static ConverseTokensRequest tokens(Consumer<ConverseTokensRequest.Builder> more) {
    return ConverseTokensRequest.builder()
        .messages(m -> m.role("user").content(c -> c.text("Hello world")))
        .applyMutation(more)
        .build();
  }

  @Test
  void countsForOpenAisOwnModels() {
    try (Fixture fixture = new Fixture(Fixture.hello())) {
      ChatModel model = fixture.chat("server", "openai", "model", "gpt-4o-mini");
      // 3 + (3 + 1 + 2), and 3 + 1 + 1 for the system message.
      assertThat(model.countTokens(tokens(r -> {}))).isEqualTo(9);
      assertThat(model.countTokens(tokens(r -> r.system(SystemContentBlock.fromText("Hi")))))
          .isEqualTo(14);
      ConverseTokensRequest tools =
          tokens(r -> r.toolConfig(c -> c.tools(Tool.fromToolSpec(t -> t.name("a")))));
      assertThatThrownBy(() -> model.countTokens(tools))
          .isInstanceOf(ValidationException.class)
          .hasMessageContaining("doesn't support counting tokens of tools");
      assertThat(fixture.server.asked).isEmpty();
    }
  }

  @Test
  void refusesWhatNobodyCanCount() {
    try (Fixture fixture = new Fixture(Fixture.hello())) {
      ChatModel model = fixture.chat();
      assertThatThrownBy(() -> model.countTokens(tokens(r -> {})))
          .isInstanceOf(ValidationException.class)
          .hasMessage("The provided model doesn't support counting tokens.");
    }
  }

  @Test
  void asksVllm() {
    try (Fixture fixture =
        new Fixture((asked, reply) -> reply.json(200, "{\"count\":17,\"tokens\":[]}"))) {
      assertThat(fixture.chat("server", "vllm").countTokens(tokens(r -> {}))).isEqualTo(17);
      assertThat(fixture.server.asked.getLast().path()).isEqualTo("/tokenize");
      assertThat(fixture.sent().path("add_generation_prompt").asBoolean()).isTrue();
      assertThat(fixture.sent().path("messages").path(0).path("content").asText())
          .isEqualTo("Hello world");
    }
  }

  @Test
  void asksLlamaServer() {
    Script server =
        (asked, reply) -> {
          if (asked.path().equals("/apply-template")) {
            reply.json(200, "{\"prompt\":\"<|user|>Hello world\"}");
          } else {
            assertThat(asked.json().path("content").asText()).isEqualTo("<|user|>Hello world");
            reply.json(200, "{\"tokens\":[1,2,3]}");
          }
        };
    try (Fixture fixture = new Fixture(server)) {
      assertThat(fixture.chat("server", "llama-server").countTokens(tokens(r -> {}))).isEqualTo(3);
    }
  }

  @Test
  void completesRawPrompts() {
    Script server =
        Fixture.saying(
            "{\"choices\":[{\"index\":0,\"text\":\"Once\",\"finish_reason\":null}]}",
            "{\"choices\":[{\"index\":0,\"text\":\" upon\",\"finish_reason\":\"length\"}]}",
            "{\"choices\":[],\"usage\":{\"prompt_tokens\":2,\"completion_tokens\":2}}");
    ConverseStreamRequest request =
        Fixture.request(r -> r.inferenceConfig(c -> c.maxTokens(2).temperature(0f)));
    try (Fixture fixture = new Fixture(server)) {
      Events events = new Events();
      fixture.chat("completions", "true").complete(request, events);
      assertThat(events.brief()).isEqualTo("start 0:Once 0: upon 0. max_tokens");
      assertThat(events.metadata().usage().totalTokens()).isEqualTo(4);
      assertThat(fixture.server.asked.getLast().path()).isEqualTo("/v1/completions");
      assertThat(fixture.sent().path("prompt").asText()).isEqualTo("Hi");
      assertThat(fixture.sent().path("max_tokens").asInt()).isEqualTo(2);
      fixture.server.script(Fixture.hello());
      fixture.chat().complete(request, new Events());
      assertThat(fixture.server.asked.getLast().path()).isEqualTo("/v1/chat/completions");
    }
  }
}
