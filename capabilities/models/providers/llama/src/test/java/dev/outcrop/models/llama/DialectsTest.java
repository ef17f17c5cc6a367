package dev.outcrop.models.llama;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDeltaEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ToolChoice;

/**
 * Calls in the form of each family of models, by models whose weights make them say what such a
 * model would: text first, then a call, through llama.cpp, the family's own kind of tokens and a
 * template with its marks.
 */
@Timeout(120)
final class DialectsTest extends LlamaTest {
  private static final String CITY =
      "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\",\"maxLength\":12},"
          + "\"days\":{\"type\":\"integer\",\"maximum\":3}},\"required\":[\"city\"]}";
  private static final String TURNS =
      "{% for m in messages %}<|{{ m['role'] }}|>{{ m['content'] }}</s>{% endfor %}"
          + "{% if add_generation_prompt %}<|assistant|>{% endif %}";
  private static final String TAGS =
      "{% if tools %}<tool_call>{% for t in tools %}{{ t | tojson }}{% endfor %}{% endif %}"
          + TURNS;
  private static final String MISTRAL =
      "{% if tools %}{# [TOOL_CALLS] #}[TOOL_CALLS]{% endif %}" + TURNS;
  private static final String NAMED = "{% if tools %}[TOOL_CALLS]f[ARGS]{}{% endif %}" + TURNS;
  private static final String LLAMA =
      "{% if tools %}Environment: ipython {\"name\": n, \"parameters\": p}{% endif %}" + TURNS;

  private int models;

  @Test
  void tagsAfterText() throws Exception {
    List<String> said =
        List.of(
            "Let me ",
            "look. ",
            "<tool",
            "_call>",
            "\n{\"name\"",
            ": \"",
            "weather",
            "\", ",
            "\"arguments\":",
            " {\"city\":",
            " \"Paris",
            "\"}",
            "}\n</",
            "tool_call>");
    Told told = auto(TAGS, said);

    assertThat(told.text()).isEqualTo("Let me look.");
    called(told, "{\"city\": \"Paris\"}");
  }

  @Test
  void severalTagsWithoutText() throws Exception {
    List<String> said =
        List.of(
            "<tool_call>\n{\"name\": \"weather\"",
                ", \"arguments\": {\"city\": \"A\"}}\n</tool_call>",
            "\n<tool_call>\n{\"name\": \"other", "\", \"arguments\": {}}\n</tool_call>");
    Told told = auto(TAGS, said);

    assertThat(told.text()).isEmpty();
    assertThat(ToolCallsTest.uses(told))
        .extracting(u -> u.name)
        .containsExactly("weather", "other");
    assertThat(ToolCallsTest.uses(told))
        .extracting(u -> u.input.toString())
        .containsExactly("{\"city\": \"A\"}", "{}");
    assertThat(told.stopReason()).isEqualTo("tool_use");
  }

  @Test
  void textAlone() throws Exception {
    Told told = auto(TAGS, List.of("I <tool", " that I", " know: ", "none."));

    assertThat(told.text()).isEqualTo("I <tool that I know: none.");
    assertThat(told.stopReason()).isEqualTo("end_turn");
  }

  @Test
  void mistralsList() throws Exception {
    List<String> rest =
        List.of("[{\"name\": \"weather\", \"argu", "ments\": {\"city\"", ": \"Rome\"}}]");
    for (String space : List.of("", " ")) {
      List<String> said = new ArrayList<>(List.of("Well, ", "[TOOL_CALLS]"));
      said.add(space + rest.getFirst());
      said.addAll(rest.subList(1, rest.size()));
      Told told = auto(MISTRAL, said);

      assertThat(told.text()).isEqualTo("Well,");
      called(told, "{\"city\": \"Rome\"}");
    }
  }

  @Test
  void mistralsNames() throws Exception {
    Told told =
        auto(
            NAMED,
            List.of("Yes. ", "[TOOL_CALLS]", "weather", "[ARGS]", "{\"city\"", ": \"Oslo", "\"}"));

    assertThat(told.text()).isEqualTo("Yes.");
    called(told, "{\"city\": \"Oslo\"}");
  }

  @Test
  void llamasBareJson() throws Exception {
    Told told =
        auto(
            LLAMA,
            List.of("{\"name", "\": \"weather\"", ", \"parameters\": {\"city\"", ": \"Bonn\"}}"));

    assertThat(told.text()).isEmpty();
    called(told, "{\"city\": \"Bonn\"}");
  }

  @Test
  void llamasTag() throws Exception {
    Told told =
        auto(
            LLAMA,
            List.of(
                "<|python_tag|>",
                "{\"name\":",
                " \"weather\", ",
                "\"parameters\": {",
                "\"city\":",
                " \"Kiel\"}}"));

    assertThat(told.text()).isEmpty();
    called(told, "{\"city\": \"Kiel\"}");
  }

  /** What the script says next is not allowed: another tool's name, a number that is too large. */
  @Test
  void aCallOnceBegunIsValid() throws Exception {
    List<String> said =
        List.of(
            "<tool_call>\n{\"name\": \"",
            "unknown\", ",
            "\"arguments\": {\"days\": 7",
            "}}\n</tool_call>");
    for (int seed = 0; seed < 5; seed++) {
      long random = seed;
      Told told =
          answer(
              model(TAGS, said),
              request(null).toBuilder()
                  .inferenceConfig(c -> c.maxTokens(2000).temperature(1f))
                  .additionalModelRequestFields(
                      software.amazon.awssdk.core.document.Document.mapBuilder()
                          .putNumber("seed", random)
                          .build())
                  .build());

      ToolCallsTest.Use use = ToolCallsTest.uses(told).getFirst();
      assertThat(use.name).isIn("weather", "other");
      if (use.name.equals("weather")) {
        ToolCallsTest.assertValid(CITY, use.input.toString());
      }
    }
  }

  /** The answer begins with a call, whatever the model would say. */
  @Test
  void aCallThatMustComeComesFirst() throws Exception {
    for (String template : List.of(TAGS, MISTRAL, NAMED, LLAMA)) {
      Told told =
          answer(
              model(template, List.of("Good ", "day.")),
              request(ToolChoice.fromTool(t -> t.name("other"))));

      assertThat(told.text()).isEmpty();
      assertThat(ToolCallsTest.uses(told)).extracting(u -> u.name).containsExactly("other");
      assertThat(told.stopReason()).isEqualTo("tool_use");
    }
  }

  private LlamaChatModel model(String template, List<String> said) throws IOException {
    Path scripted = folder.resolve("scripted" + models++ + ".gguf");
    return provider.chat(entry(TinyModel.scripted(scripted, template, said)));
  }

  private Told auto(String template, List<String> said) throws IOException {
    Told told = answer(model(template, said), request(null));
    assertThat(told.pieces()).noneMatch(p -> p.contains("TOOL_CALLS") || p.contains("python_tag"));
    return told;
  }

  private static ConverseStreamRequest request(ToolChoice choice) {
    return ask("go", c -> c.maxTokens(600).temperature(0f)).toBuilder()
        .toolConfig(
            t ->
                t.tools(
                        ToolCallsTest.tool("weather", CITY),
                        ToolCallsTest.tool(
                            "other", "{\"type\":\"object\",\"additionalProperties\":false}"))
                    .toolChoice(choice))
        .build();
  }

  private static void called(Told told, String input) {
    assertThat(ToolCallsTest.uses(told))
        .singleElement()
        .extracting(u -> u.name)
        .isEqualTo("weather");
    assertThat(ToolCallsTest.uses(told).getFirst().input.toString()).isEqualTo(input);
    assertThat(told.stopReason()).isEqualTo("tool_use");
    long pieces =
        told.events.stream()
            .filter(e -> e instanceof ContentBlockDeltaEvent d && d.delta().toolUse() != null)
            .count();
    assertThat(pieces).isPositive();
  }
}
