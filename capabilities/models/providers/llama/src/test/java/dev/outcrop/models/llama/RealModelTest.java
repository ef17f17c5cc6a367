package dev.outcrop.models.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ToolChoice;

/** The default model, whose tokens are pieces of words, where an earlier test has fetched it. */
@Timeout(120)
final class RealModelTest extends LlamaTest {
  private static final String WEATHER =
      """
      {"type":"object","properties":{"city":{"type":"string","description":"Name of the city",
      "maxLength":30},"unit":{"enum":["celsius","fahrenheit"]}},"required":["city","unit"]}
      """;

  @BeforeAll
  void findModel() throws Exception {
    String named = System.getenv("OUTCROP_TEST_CACHE");
    Path cache = named != null ? Path.of(named) : Path.of(System.getenv("OUTCROP_ROOT"), ".cache");
    Path models = cache.resolve("models/outcrop.smollm2-135m-instruct-v1");
    assumeTrue(Files.isDirectory(models), "the default model has not been fetched");
    try (var files = Files.walk(models)) {
      file = files.filter(f -> f.toString().endsWith(".gguf")).findFirst().orElse(null);
    }
    assumeTrue(file != null, "the default model has not been fetched");
  }

  @Test
  void callsAToolAndUsesItsAnswer() throws Exception {
    ConverseStreamRequest request =
        ask("What is the weather in Paris? Use celsius.", c -> c.maxTokens(100).temperature(0f))
            .toBuilder()
            .toolConfig(
                t ->
                    t.tools(ToolCallsTest.tool("get_weather", WEATHER))
                        .toolChoice(ToolChoice.fromAny(a -> {})))
            .build();
    Told told = answer(model(), request);

    ToolCallsTest.Use use = ToolCallsTest.uses(told).getFirst();
    ToolCallsTest.assertValid(WEATHER, use.input.toString());
    assertThat(use.input.toString()).contains("Paris");
  }

  @Test
  void staysValidAtTheHighestTemperature() throws Exception {
    for (int seed = 0; seed < 5; seed++) {
      Told told =
          answer(model(), ToolCallsTest.any(seed, ToolCallsTest.tool("get_weather", WEATHER)));

      for (ToolCallsTest.Use use : ToolCallsTest.uses(told)) {
        ToolCallsTest.assertValid(WEATHER, use.input.toString());
      }
      assertThat(told.stopReason()).isEqualTo("tool_use");
    }
  }
}
