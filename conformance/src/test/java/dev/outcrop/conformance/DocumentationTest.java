package dev.outcrop.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.outcrop.conformance.clients.Kind;
import dev.outcrop.conformance.running.Command;
import dev.outcrop.conformance.running.OutcropProcess;
import dev.outcrop.conformance.running.Places;
import dev.outcrop.conformance.running.Stage;
import dev.outcrop.conformance.running.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the documentation shows works. A block of a page runs when the line before it is {@code <!--
 * test -->}, or {@code <!-- test prints: TEXT -->} for one whose output must contain the text; YAML
 * is read as settings. The blocks of a page run in order in one folder, which has the launcher and
 * {@code docs/} in it, with the environment of the ready line, which here also names the server to
 * the SDKs of OpenAI and Anthropic, and a server running on the same home.
 */
final class DocumentationTest {
  @TempDir Path folder;

  static Stream<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>();
    Path readme = Places.root().resolve("README.md");
    if (Files.exists(readme)) {
      pages.add(readme);
    }
    try (Stream<Path> recipes = Files.list(Places.root().resolve("docs/recipes"))) {
      recipes.filter(p -> p.toString().endsWith(".md")).sorted().forEach(pages::add);
    }
    return pages.stream().map(Places.root()::relativize);
  }

  @ParameterizedTest
  @MethodSource("pages")
  void pagesWorkAsShown(Path page) throws IOException {
    List<Block> blocks = Block.tested(Places.root().resolve(page));
    assumeTrue(!blocks.isEmpty(), "no block of the page is marked to be tested");
    assumeTrue(
        Files.isDirectory(Places.root().resolve("server/target/outcrop/lib"))
            || blocks.stream().noneMatch(DocumentationTest::needsTheLauncher),
        "the launcher needs the packaged server: run the verify phase");
    copyOfTheRepository();
    for (Block block : blocks) {
      Command done = run(block);
      assertThat(done.status()).as("%s:%d\n%s", page, block.line(), done.said()).isZero();
      assertThat(done.said()).as("%s:%d", page, block.line()).contains(block.prints());
    }
  }

  private static boolean needsTheLauncher(Block block) {
    return block.language().equals("yaml") || block.text().contains("./outcrop");
  }

  /** As much of a clone as the pages speak of. */
  private void copyOfTheRepository() throws IOException {
    Path launcher = Places.root().resolve("outcrop");
    Path here = folder.resolve("outcrop");
    Files.writeString(here, "#!/bin/sh\nexec '" + launcher + "' \"$@\"\n");
    assertThat(here.toFile().setExecutable(true)).isTrue();
    Path docs = Places.root().resolve("docs");
    try (Stream<Path> files = Files.walk(docs)) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve("docs").resolve(docs.relativize(file)));
      }
    }
  }

  /** Recipes are made of commands and programs; one without any that is tested is forgotten. */
  @Test
  void recipesAreTested() throws IOException {
    assertThat(pages().filter(page -> page.startsWith("docs")))
        .isNotEmpty()
        .allSatisfy(page -> assertThat(Block.tested(Places.root().resolve(page))).isNotEmpty());
  }

  private Command run(Block block) throws IOException {
    Map<String, String> environment = new HashMap<>(Kind.environment());
    Path bin = Tools.python();
    environment.put("PATH", bin + ":" + System.getenv("PATH"));
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("OUTCROP_HOME", Stage.server().home().toString());
    environment.put("OUTCROP_NO_BUILD", "1");
    environment.put("OUTCROP_NO_AOT", "1");
    String endpoint = environment.get("AWS_ENDPOINT_URL");
    environment.put("OPENAI_BASE_URL", endpoint + "/v1");
    environment.put("OPENAI_API_KEY", "local");
    environment.put("ANTHROPIC_BASE_URL", endpoint);
    environment.put("ANTHROPIC_API_KEY", "local");
    Path file = folder.resolve("block" + block.line() + block.suffix());
    return switch (block.language()) {
      case "bash" -> {
        Files.writeString(file, "set -euo pipefail\n" + block.text());
        yield Command.attempt(folder, environment, "bash", file.toString());
      }
      case "python" -> {
        Files.writeString(file, block.text());
        yield Command.attempt(
            folder, environment, bin.resolve("python").toString(), file.toString());
      }
      case "javascript" -> {
        // Modules are looked for beside the program.
        Path program = Tools.javascript().resolve(file.getFileName());
        Files.writeString(program, block.text());
        yield Command.attempt(folder, environment, "node", program.toString());
      }
      case "yaml" -> settings(block, environment);
      case "java" -> java(block, environment);
      default -> throw new IllegalArgumentException("can't run " + block.language());
    };
  }

  /** A page's {@code outcrop.yaml} is read by a command over a home that has it. */
  private Command settings(Block block, Map<String, String> environment) throws IOException {
    Path home = Files.createDirectory(folder.resolve("home" + block.line()));
    Files.writeString(home.resolve("outcrop.yaml"), block.text());
    Stream.of("BEDROCK_API_KEY", "KEY_ONE", "KEY_TWO", "AZURE_KEY")
        .forEach(key -> environment.put(key, "secret"));
    return Command.attempt(
        folder,
        environment,
        folder.resolve("outcrop").toString(),
        "models",
        "--home",
        home.toString());
  }

  private Command java(Block block, Map<String, String> environment) throws IOException {
    Path file = Files.writeString(folder.resolve("Example.java"), block.text());
    return Command.attempt(
        folder,
        environment,
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED",
        "--add-modules=jdk.incubator.vector",
        "-cp",
        OutcropProcess.classPath(),
        file.toString());
  }
}
