package dev.outcrop.models.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.outcrop.models.templates.ChatTemplate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Public templates, where an earlier test has fetched them: past calls as they render them. */
final class PublicDialectsTest {
  private static final String ARGUMENTS = "{\"city\": \"Bonn {1}\"}";

  @Test
  void whatATemplateShowsOfACallIsReadAsOne() throws IOException {
    Map<String, String> found = new TreeMap<>();
    try (var files = Files.list(folder())) {
      for (Path file : files.sorted().toList()) {
        String source = Files.readString(file);
        Dialect dialect = Dialect.of(source);
        if (file.toString().endsWith(".jinja") && dialect != null) {
          String name = file.getFileName().toString().replace(".jinja", "");
          found.put(name, read(source, dialect));
        }
      }
    }
    assertThat(found).hasSizeGreaterThan(14);
    assertThat(found.values()).allMatch(("weather" + ARGUMENTS)::equals);
  }

  private static String read(String source, Dialect dialect) {
    String text;
    try {
      text = render(source);
    } catch (RuntimeException e) {
      return "refused " + e.getMessage();
    }
    Parts parts = new Parts();
    int question = text.lastIndexOf("what is it like");
    new CallReader(dialect, parts).add(text.substring(question));
    return String.join("", parts.told) + (parts.told.isEmpty() ? text.substring(question) : "");
  }

  private static String render(String source) {
    Map<String, Object> variables = new HashMap<>();
    Map<String, Object> function = new LinkedHashMap<>();
    function.put("name", "weather");
    function.put("arguments", Map.of("city", "Bonn {1}"));
    variables.put(
        "messages",
        List.of(
            Map.of("role", "user", "content", "what is it like"),
            Map.of(
                "role",
                "assistant",
                "content",
                "",
                "tool_calls",
                List.of(Map.of("id", "abcdefghi", "type", "function", "function", function))),
            Map.of(
                "role",
                "tool",
                "content",
                "sunny",
                "name",
                "weather",
                "tool_call_id",
                "abcdefghi")));
    variables.put(
        "tools",
        List.of(
            Map.of(
                "type",
                "function",
                "function",
                Map.of(
                    "name",
                    "weather",
                    "description",
                    "Tells.",
                    "parameters",
                    Map.of("type", "object")))));
    variables.put("documents", null);
    variables.put("add_generation_prompt", true);
    variables.put("bos_token", "<s>");
    variables.put("eos_token", "</s>");
    return ChatTemplate.parse(source).render(variables);
  }

  private static Path folder() {
    String named = System.getenv("OUTCROP_TEST_CACHE");
    Path cache = named != null ? Path.of(named) : Path.of(System.getenv("OUTCROP_ROOT"), ".cache");
    Path folder = cache.resolve("templates-3.21.1/sources/models/templates");
    assumeTrue(Files.isDirectory(folder), "the public templates have not been fetched");
    return folder;
  }

  private static final class Parts implements CallReader.Parts {
    final List<String> told = new ArrayList<>();

    @Override
    public void text(String more) {}

    @Override
    public void call(String name) {
      // One family shows ids, which its models may not write here.
      told.add(name.replace("[CALL_ID]abcdefghi", ""));
    }

    @Override
    public void input(String more) {
      told.add(more);
    }

    @Override
    public boolean endCall() {
      return false;
    }
  }
}
