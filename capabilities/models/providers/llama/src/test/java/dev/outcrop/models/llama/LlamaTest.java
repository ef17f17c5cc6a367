package dev.outcrop.models.llama;

import dev.outcrop.models.ModelEntry;
import dev.outcrop.models.llama.engine.Message.Generate;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InferenceConfiguration;
import software.amazon.awssdk.services.bedrockruntime.model.Message;

/**
 * A provider with tiny models, the same for all tests of a class, as starting processes is slow.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class LlamaTest {
  static final Path LIBRARIES = TestLibraries.folder();

  Path folder;
  Path file;
  LlamaProvider provider;

  @BeforeAll
  void startProvider(@TempDir Path temporary) throws IOException {
    folder = temporary;
    file = TinyModel.write(folder.resolve("tiny.gguf"), 7);
    provider = new LlamaProvider(settings());
  }

  @AfterAll
  void closeProvider() {
    provider.close();
  }

  LlamaSettings settings() {
    return new LlamaSettings(
        LIBRARIES, folder, 9, Duration.ZERO, Duration.ofMinutes(1), Duration.ofSeconds(20));
  }

  ModelEntry entry(Path model, String... options) {
    Map<String, String> all = new HashMap<>(Map.of("threads", "1"));
    for (int i = 0; i < options.length; i += 2) {
      all.put(options[i], options[i + 1]);
    }
    return new ModelEntry("tiny", "llama", ModelEntry.Kind.CHAT, model, all);
  }

  LlamaChatModel model(String... options) {
    return provider.chat(entry(file, options));
  }

  static Message user(String text) {
    return Message.builder().role("user").content(ContentBlock.fromText(text)).build();
  }

  /** A greedy request. */
  static ConverseStreamRequest ask(String text, int maxTokens) {
    return ask(text, c -> c.maxTokens(maxTokens).temperature(0f));
  }

  static ConverseStreamRequest ask(String text, Consumer<InferenceConfiguration.Builder> config) {
    return ConverseStreamRequest.builder()
        .modelId("tiny")
        .messages(user(text))
        .inferenceConfig(config)
        .build();
  }

  static Told answer(LlamaChatModel model, ConverseStreamRequest request) {
    Told told = new Told();
    model.converse(request, told);
    return told;
  }

  /** A greedy request to the engine itself. */
  static Generate generate(long id, String text, int maxTokens) {
    return new Generate(id, text, "", false, maxTokens, 0, 1, 0, 1, List.of(), "", List.of(), 0);
  }
}
