package dev.outcrop.models.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.ToolUseType;

/** A Messages body through Converse's form and out to Anthropic again: nothing is lost. */
class RoundTripTest {

  private static final String FULL = Calls.resource("full-request.json");

  private static ObjectNode upstream(ConverseStreamRequest request, List<String> betas) {
    AnthropicOptions options =
        AnthropicOptions.of(Calls.entry(Calls.CLAUDE, Map.of("model", "claude-sonnet-4-20250514")));
    return RequestWriter.write(request, options, betas);
  }

  @Test
  void everyFieldArrives() {
    List<String> betas = new ArrayList<>();
    ObjectNode expected = (ObjectNode) Calls.json(FULL);
    expected.remove(List.of("anthropic_version", "anthropic_beta"));
    expected.put("model", "claude-sonnet-4-20250514");

    ObjectNode written = upstream(Calls.body(Calls.CLAUDE, FULL).request(), betas);

    assertThat(written.toPrettyString()).isEqualTo(sorted(expected, written).toPrettyString());
    assertThat(betas).containsExactly("interleaved-thinking-2025-05-14");
  }

  /** The same fields in the order of the other; arrays keep theirs. */
  private static ObjectNode sorted(ObjectNode node, ObjectNode like) {
    ObjectNode sorted = Json.object();
    like.fieldNames().forEachRemaining(n -> add(sorted, n, node, like));
    node.fieldNames().forEachRemaining(n -> add(sorted, n, node, like));
    return sorted;
  }

  private static void add(ObjectNode sorted, String name, ObjectNode node, ObjectNode like) {
    if (!node.has(name) || sorted.has(name)) {
      return;
    }
    sorted.set(name, sorted(node.get(name), like.path(name)));
  }

  private static com.fasterxml.jackson.databind.JsonNode sorted(
      com.fasterxml.jackson.databind.JsonNode node, com.fasterxml.jackson.databind.JsonNode like) {
    if (node instanceof ObjectNode object && like instanceof ObjectNode other) {
      return sorted(object, other);
    }
    if (node instanceof ArrayNode array) {
      ArrayNode sorted = Json.array();
      for (int i = 0; i < array.size(); i++) {
        sorted.add(sorted(array.get(i), like.path(i)));
      }
      return sorted;
    }
    return node;
  }

  @Test
  void blocksBecomeConversesOwn() {
    ConverseStreamRequest request = Calls.body(Calls.CLAUDE, FULL).request();

    Message user = request.messages().getFirst();
    assertThat(user.content().stream().map(ContentBlock::type))
        .containsExactly(
            ContentBlock.Type.TEXT,
            ContentBlock.Type.IMAGE,
            ContentBlock.Type.CACHE_POINT,
            ContentBlock.Type.DOCUMENT,
            ContentBlock.Type.DOCUMENT,
            ContentBlock.Type.DOCUMENT,
            ContentBlock.Type.SEARCH_RESULT);
    assertThat(user.content().get(1).image().source().bytes().asByteArray())
        .startsWith(0x89, 'P', 'N', 'G');
    Message assistant = request.messages().get(1);
    // As real Bedrock gives it: the bytes are Anthropic's text, not what it encodes.
    assertThat(assistant.content().get(1).reasoningContent().redactedContent().asUtf8String())
        .isEqualTo("EqkECkYIBxgCKkA8AZ4noDfV5VcOJe");
    assertThat(assistant.content().get(3).toolUse().type()).isEqualTo(ToolUseType.SERVER_TOOL_USE);
    assertThat(request.toolConfig().tools()).hasSize(3);
    assertThat(request.toolConfig().toolChoice().tool().name()).isEqualTo("weather");
    assertThat(request.inferenceConfig().temperature()).isEqualTo(0.7f);
    assertThat(request.additionalModelRequestFields().asMap())
        .containsOnlyKeys(
            "anthropic_beta", "top_k", "thinking", "user", "parallel_tool_calls", "tools");
    assertThat(request.outputConfig().effort()).isEqualTo("high");
  }

  @Test
  void shortFormsMeanTheLongOnes() {
    ObjectNode written =
        upstream(
            Calls.body(
                    Calls.CLAUDE,
                    """
                    {"anthropic_version": "bedrock-2023-05-31", "max_tokens": 5, "system": "Be kind.",
                     "cache_control": {"type": "ephemeral"},
                     "tool_choice": {"type": "none"}, "tools": [{"name": "t", "input_schema": {"type": "object"}}],
                     "output_format": {"type": "json_schema", "schema": {"type": "object"}},
                     "messages": [{"role": "user", "content": "Hi"},
                       {"role": "assistant", "content": [{"type": "tool_use", "id": "x", "name": "t", "input": {}}]},
                       {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "x",
                          "content": [{"type": "text", "text": "y", "cache_control": {"type": "ephemeral", "ttl": "1h"}}]}]},
                       {"role": "user", "content": "More"}, {"role": "user", "content": "and more"}]}
                    """)
                .request(),
            new ArrayList<>());

    assertThat(written)
        .isEqualTo(
            Calls.json(
                """
                {'model': 'claude-sonnet-4-20250514', 'max_tokens': 5,
                 'system': [{'type': 'text', 'text': 'Be kind.'}],
                 'tools': [{'name': 't', 'input_schema': {'type': 'object'}}],
                 'tool_choice': {'type': 'none'},
                 'output_config': {'format': {'type': 'json_schema', 'schema': {'type': 'object'}}},
                 'messages': [{'role': 'user', 'content': [{'type': 'text', 'text': 'Hi'}]},
                   {'role': 'assistant', 'content': [{'type': 'tool_use', 'id': 'x', 'name': 't', 'input': {}}]},
                   {'role': 'user', 'content': [{'type': 'tool_result', 'tool_use_id': 'x',
                      'content': [{'type': 'text', 'text': 'y'}],
                      'cache_control': {'type': 'ephemeral', 'ttl': '1h'}},
                      {'type': 'text', 'text': 'More'},
                      {'type': 'text', 'text': 'and more', 'cache_control': {'type': 'ephemeral'}}]}]}
                """));
  }
}
