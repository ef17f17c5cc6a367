package dev.outcrop.http;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the scripts of the node client: HTTP/2 with prior knowledge, as the JS SDK speaks it. */
final class Node {
  private Node() {}

  static String run(String script, String... arguments) throws IOException, InterruptedException {
    assumeTrue(isPresent(), "node is not installed");
    List<String> command = new ArrayList<>(List.of("node", path(script)));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return out;
  }

  private static String path(String script) {
    return Path.of("src", "test", "node", script).toAbsolutePath().toString();
  }

  private static boolean isPresent() {
    try {
      return new ProcessBuilder("node", "--version").start().waitFor() == 0;
    } catch (IOException | InterruptedException e) {
      return false;
    }
  }
}
