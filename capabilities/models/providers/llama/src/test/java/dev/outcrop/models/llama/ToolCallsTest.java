package dev.outcrop.models.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDeltaEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockStartEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.OutputFormatType;
import software.amazon.awssdk.services.bedrockruntime.model.Tool;
import software.amazon.awssdk.services.bedrockruntime.model.ToolChoice;
import software.amazon.awssdk.services.bedrockruntime.model.ToolConfiguration;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/**
 * A model of random weights knows nothing of JSON; what it calls tools with is valid all the same.
 */
@Timeout(120)
final class ToolCallsTest extends LlamaTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String WEATHER =
      """
      {"type":"object","properties":{"city":{"type":"string","maxLength":9},"days":{"type":"integer",
      "minimum":1,"maximum":14},"unit":{"enum":["c","f"]}},"required":["city","days"]}
      """;

  /** With room for schemas, as this model has a token for every character. */
  @BeforeAll
  void widen() throws IOException {
    file = TinyModel.write(folder.resolve("wide.gguf"), 7, null, false, 8192, TinyModel.TEMPLATE);
  }

  @Test
  void callsWithValidArguments() throws Exception {
    LlamaChatModel model = model();
    Random random = new Random(11);
    for (int i = 0; i < 40; i++) {
      String schema = RandomSchemas.object(random);
      ConverseStreamRequest request = any(i, tool("act", schema));
      Told told = answer(model, request);

      List<Use> uses = uses(told);
      assertThat(uses).as(schema).isNotEmpty();
      for (Use use : uses) {
        assertThat(use.name).isEqualTo("act");
        assertValid(schema, use.input.toString());
      }
      assertThat(told.stopReason()).isEqualTo("tool_use");
    }
  }

  @Test
  void callsTheToolThatMustBeCalled() throws Exception {
    ToolChoice choice = ToolChoice.fromTool(t -> t.name("second"));
    Told told =
        answer(model(), request(1, choice, tool("first", WEATHER), tool("second", WEATHER)));

    List<Use> uses = uses(told);
    assertThat(uses).singleElement().extracting(u -> u.name).isEqualTo("second");
    assertThat(uses.getFirst().id).startsWith("tooluse_").hasSizeGreaterThan(20);
    assertThat(told.text()).isEmpty();
  }

  @Test
  void neverCompletesACallThatIsCutShort() throws Exception {
    for (int tokens = 1; tokens < 70; tokens += 4) {
      int most = tokens;
      ConverseStreamRequest request =
          any(tokens, tool("act", WEATHER)).toBuilder()
              .inferenceConfig(c -> c.maxTokens(most).temperature(1f))
              .build();
      Told told = answer(model(), request);

      if (told.stopReason().equals("tool_use")) {
        for (Use use : uses(told)) {
          assertValid(WEATHER, use.input.toString());
        }
      } else {
        assertThat(told.stopReason()).isEqualTo("max_tokens");
      }
    }
  }

  @Test
  void answersWithTheJsonThatIsAskedFor() throws Exception {
    Random random = new Random(3);
    for (int i = 0; i < 10; i++) {
      String schema = RandomSchemas.object(random);
      long seed = i;
      ConverseStreamRequest request =
          ask("anything", c -> c.maxTokens(1500).temperature(1f)).toBuilder()
              .additionalModelRequestFields(seed(seed))
              .outputConfig(
                  o ->
                      o.textFormat(
                          f ->
                              f.type(OutputFormatType.JSON_SCHEMA)
                                  .structure(s -> s.jsonSchema(j -> j.schema(schema)))))
              .build();
      Told told = answer(model(), request);

      assertThat(told.stopReason()).isEqualTo("end_turn");
      assertValid(schema, told.text());
    }
  }

  @Test
  void textComesBeforeACallOnlyWhereTheModelIsFree() {
    Told told = answer(model(), request(5, null, tool("act", WEATHER)));

    assertThat(told.text()).isNotEmpty();
    assertThat(told.stopReason()).isEqualTo("max_tokens");
  }

  @Test
  void showsWhatToolsAnswered() {
    ConverseStreamRequest request =
        any(1, tool("act", WEATHER)).toBuilder()
            .messages(
                user("go"),
                Message.builder().role("assistant").content(use("id-1")).build(),
                Message.builder()
                    .role("user")
                    .content(
                        ContentBlock.fromToolResult(
                            r -> r.toolUseId("id-1").content(c -> c.text("sunny"))))
                    .build())
            .build();

    assertThat(uses(answer(model(), request))).isNotEmpty();
  }

  @Test
  void callsAndResultsBelongTogether() {
    Tool tool = tool("act", WEATHER);
    Message result =
        Message.builder()
            .role("user")
            .content(ContentBlock.fromToolResult(r -> r.toolUseId("x").content(c -> c.text("1"))))
            .build();
    Message call = Message.builder().role("assistant").content(use("y")).build();

    refused(any(1, tool).toBuilder().messages(result).build(), "exceeds the number of toolUse");
    refused(
        any(1, tool).toBuilder().messages(user("a"), call, result).build(),
        "Expected toolResult blocks at messages.2.content for the following Ids: y");
    refused(
        any(1, tool).toBuilder()
            .messages(user("a"), call, result)
            .toolConfig((ToolConfiguration) null)
            .build(),
        "The toolConfig field must be defined");
    refused(any(1, tool("a", "{\"type\":\"array\"}")), "must be one of the following: object");
    refused(
        any(
            1,
            tool(
                "a",
                "{\"type\":\"object\",\"properties\":{\"x\":{\"type\":\"text\"}},\"required\":[\"x\"]}")),
        "toolConfig.tools.0.toolSpec.inputSchema.json can't be used: type must be one of");
    refused(any(1, tool, tool), "two tools of the same name");
    refused(request(1, ToolChoice.fromTool(t -> t.name("other")), tool), "other");
  }

  private void refused(ConverseStreamRequest request, String why) {
    assertThatThrownBy(() -> answer(model(), request))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining(why);
  }

  private static ContentBlock use(String id) {
    return ContentBlock.fromToolUse(
        u ->
            u.toolUseId(id)
                .name("act")
                .input(Document.mapBuilder().putString("city", "x").build()));
  }

  static ConverseStreamRequest any(long seed, Tool... tools) {
    return request(seed, ToolChoice.fromAny(a -> {}), tools);
  }

  private static ConverseStreamRequest request(long seed, ToolChoice choice, Tool... tools) {
    return ask("act", c -> c.maxTokens(1500).temperature(1f).topP(1f)).toBuilder()
        .additionalModelRequestFields(seed(seed))
        .toolConfig(t -> t.tools(tools).toolChoice(choice))
        .build();
  }

  private static Document seed(long seed) {
    return Document.mapBuilder().putNumber("seed", seed).build();
  }

  static Tool tool(String name, String schema) {
    Document document;
    try {
      document = document(JSON.readTree(schema));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
    return Tool.fromToolSpec(
        s -> s.name(name).description("Acts.").inputSchema(i -> i.json(document)));
  }

  private static Document document(JsonNode node) {
    if (node.isObject()) {
      var map = Document.mapBuilder();
      node.properties().forEach(e -> map.putDocument(e.getKey(), document(e.getValue())));
      return map.build();
    } else if (node.isArray()) {
      var list = Document.listBuilder();
      node.forEach(n -> list.addDocument(document(n)));
      return list.build();
    } else if (node.isNumber()) {
      return Document.fromNumber(node.decimalValue());
    } else if (node.isBoolean()) {
      return Document.fromBoolean(node.booleanValue());
    }
    return node.isNull() ? Document.fromNull() : Document.fromString(node.asText());
  }

  static void assertValid(String schema, String json) throws Exception {
    var validator =
        JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(JSON.readTree(schema));
    JsonNode value = JSON.readTree(json);
    assertThat(validator.validate(value)).as("%s of %s", json, schema).isEmpty();
  }

  /** A call as its events told it. */
  static final class Use {
    String id;
    String name;
    final StringBuilder input = new StringBuilder();
  }

  static List<Use> uses(Told told) {
    List<Use> uses = new ArrayList<>();
    told.events.forEach(
        event -> {
          if (event instanceof ContentBlockStartEvent start) {
            Use use = new Use();
            use.id = start.start().toolUse().toolUseId();
            use.name = start.start().toolUse().name();
            uses.add(use);
          } else if (event instanceof ContentBlockDeltaEvent delta
              && delta.delta().toolUse() != null) {
            uses.getLast().input.append(delta.delta().toolUse().input());
          }
        });
    return uses;
  }
}
