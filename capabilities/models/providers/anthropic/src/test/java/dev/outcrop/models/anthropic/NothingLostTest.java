package dev.outcrop.models.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.upstream.SseReader;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/** Whatever value of a request changes, Anthropic sees it change or the client is told why not. */
class NothingLostTest {

  private static final AnthropicOptions OPTIONS =
      AnthropicOptions.of(Calls.entry(Calls.CLAUDE, Map.of()));

  /** What goes to Anthropic: the body and the header. */
  private static String upstream(String body) {
    List<String> betas = new ArrayList<>();
    return RequestWriter.write(Calls.body(Calls.CLAUDE, body).request(), OPTIONS, betas)
        + ""
        + betas;
  }

  @TestFactory
  Stream<DynamicTest> everyValue() {
    String full = Calls.resource("full-request.json");
    String usual = upstream(full);
    List<String> pointers = new ArrayList<>();
    leaves("", Calls.parse(full), pointers);
    assertThat(pointers).hasSizeGreaterThan(120);
    return pointers.stream()
        .map(
            pointer ->
                DynamicTest.dynamicTest(
                    pointer,
                    () -> {
                      JsonNode changed = Calls.parse(full);
                      change(changed, pointer);
                      String sent;
                      try {
                        sent = upstream(changed.toString());
                      } catch (ValidationException e) {
                        assertThat(e).hasMessageContaining("Malformed input request");
                        return;
                      }
                      assertThat(sent).isNotEqualTo(usual);
                    }));
  }

  private static void leaves(String at, JsonNode node, List<String> into) {
    switch (node) {
      case ObjectNode object ->
          object.properties().forEach(e -> leaves(at + "/" + e.getKey(), e.getValue(), into));
      case ArrayNode array -> {
        for (int i = 0; i < array.size(); i++) {
          leaves(at + "/" + i, array.get(i), into);
        }
      }
      default -> into.add(at);
    }
  }

  private static void change(JsonNode root, String pointer) {
    int slash = pointer.lastIndexOf('/');
    JsonNode parent = root.at(pointer.substring(0, slash));
    String key = pointer.substring(slash + 1);
    JsonNode other = changed(root.at(pointer));
    if (parent instanceof ArrayNode array) {
      array.set(Integer.parseInt(key), other);
    } else {
      ((ObjectNode) parent).set(key, other);
    }
  }

  private static JsonNode changed(JsonNode value) {
    var nodes = Json.MAPPER.getNodeFactory();
    return switch (value.getNodeType()) {
      case STRING -> nodes.textNode("AAAA" + value.textValue());
      case NUMBER ->
          value.isIntegralNumber()
              ? nodes.numberNode(value.bigIntegerValue().add(BigInteger.ONE))
              : nodes.numberNode(value.decimalValue().add(new BigDecimal("0.01")));
      case BOOLEAN -> nodes.booleanNode(!value.booleanValue());
      default -> nodes.textNode("something");
    };
  }

  /** From Anthropic's events to Converse's and back. */
  @Test
  void everyPieceOfAnAnswer() {
    EventReader reader =
        new EventReader(List.of(), false, System.nanoTime(), Remote.hello().build());
    var chunks = new MessageHead("msg_", "claude-sonnet-4-5-20250929", List.of());
    MessageChunks writer = new MessageChunks(chunks);
    List<JsonNode> told = new ArrayList<>();
    List<JsonNode> written = new ArrayList<>();
    byte[] stream = Calls.resource("answer.sse").getBytes(StandardCharsets.UTF_8);
    SseReader sse = new SseReader(new ByteArrayInputStream(stream));
    while (sse.next()) {
      JsonNode event = Calls.parse(new String(sse.data(), 0, sse.length(), StandardCharsets.UTF_8));
      told.add(event.deepCopy());
      for (ConverseStreamOutput output : reader.of(event)) {
        written.addAll(writer.of(output));
      }
    }
    assertThat(content(written)).isEqualTo(content(told));
  }

  /** The events of content blocks, without nulls and lists of nothing. */
  private static List<String> content(List<JsonNode> events) {
    return events.stream()
        .filter(event -> event.path("type").asText().startsWith("content_block"))
        .map(JsonNode::deepCopy)
        .map(event -> pruned((JsonNode) event).toString())
        .toList();
  }

  private static JsonNode pruned(JsonNode node) {
    if (node instanceof ObjectNode object) {
      ObjectNode sorted = Json.object();
      object.properties().stream()
          .filter(e -> !e.getValue().isNull() && !e.getValue().equals(Json.array()))
          .sorted(Map.Entry.comparingByKey())
          .forEach(e -> sorted.set(e.getKey(), pruned(e.getValue())));
      return sorted;
    }
    return node;
  }

  @Test
  void everyKeyOfABodyIsKnown() {
    // The keys of the API's reference; a new one here has to find its place first.
    for (String key :
        Set.of(
            "container", "diagnostics", "inference_geo", "service_tier", "speed", "mcp_servers")) {
      String body =
          "{\"anthropic_version\":\"bedrock-2023-05-31\",\"max_tokens\":1,\"messages\":"
              + "[{\"role\":\"user\",\"content\":\"Hi\"}],\""
              + key
              + "\":\"x\"}";
      assertThat(upstream(body)).contains("\"" + key + "\":\"x\"");
    }
  }
}
