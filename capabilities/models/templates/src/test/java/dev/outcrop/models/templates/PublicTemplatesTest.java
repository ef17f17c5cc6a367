package dev.outcrop.models.templates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The templates of 68 public models, Qwen, Llama, Gemma, Phi and Mistral among them, with and
 * without system prompt and tools, against the recorded sums of what the reference renders. The
 * templates come out of the sources of llama.cpp, which an npm package carries as a git bundle.
 */
final class PublicTemplatesTest {
  private static final String PACKAGE = "node-llama-cpp@3.21.1";

  /** They use a filter that the reference lacks, in a branch that it would rarely come to. */
  private static final Set<String> REFUSED =
      Set.of(
          "deepseek-ai-DeepSeek-V3.2",
          "deepseek-ai-DeepSeek-V4",
          "deepseek-ai-DeepSeek-V4-Flash-0731");

  @Test
  void rendersAsTheReference() throws Exception {
    Map<String, Map<String, String>> expected =
        Rendered.read("public-rendered.json", new TypeReference<>() {});
    Map<String, Map<String, Object>> scenarios =
        Rendered.read("scenarios.json", new TypeReference<>() {});
    Path folder = templates();
    List<String> different = new ArrayList<>();
    int same = 0;
    for (String name : expected.keySet()) {
      String source = Files.readString(folder.resolve(name + ".jinja"));
      if (REFUSED.contains(name)) {
        assertThatThrownBy(() -> ChatTemplate.parse(source)).hasMessageContaining("from_json");
        continue;
      }
      for (String scenario : scenarios.keySet()) {
        String text = Rendered.render(source, scenarios.get(scenario));
        if (Objects.equals(sum(text), expected.get(name).get(scenario))) {
          same++;
        } else {
          different.add(name + " " + scenario + (text == null ? " failed" : " differs"));
        }
      }
    }
    assertThat(different).isEmpty();
    assertThat(same).isEqualTo(520);
  }

  private static String sum(String text) throws Exception {
    return text == null
        ? null
        : HexFormat.of()
            .formatHex(
                MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Fetched once into a folder that survives builds. */
  private static Path templates() throws Exception {
    String named = System.getenv("OUTCROP_TEST_CACHE");
    Path cache = named != null ? Path.of(named) : Path.of(System.getenv("OUTCROP_ROOT"), ".cache");
    Path folder = Files.createDirectories(cache.resolve("templates-3.21.1"));
    try (FileChannel lock =
            FileChannel.open(
                folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock _ = lock.lock()) {
      if (!Files.exists(folder.resolve("complete"))) {
        fetch(folder);
      }
    }
    return folder.resolve("sources/models/templates");
  }

  private static void fetch(Path folder) throws Exception {
    run(folder, "npm", "pack", "--silent", PACKAGE);
    run(folder, "tar", "xzf", "node-llama-cpp-3.21.1.tgz", "package/llama/gitRelease.bundle");
    run(folder, "git", "clone", "--quiet", "package/llama/gitRelease.bundle", "sources");
    Files.delete(folder.resolve("node-llama-cpp-3.21.1.tgz"));
    Files.createFile(folder.resolve("complete"));
  }

  private static void run(Path folder, String... command) throws Exception {
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (process.waitFor() != 0) {
      throw new IOException("failed: " + List.of(command));
    }
  }
}
