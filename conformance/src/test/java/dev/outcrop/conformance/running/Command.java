package dev.outcrop.conformance.running;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A command that was run to its end. */
public record Command(int status, String said) {

  /** Runs a command that must succeed; what it says is in the failure otherwise. */
  public static Command run(Path folder, Map<String, String> environment, String... words) {
    Command done = attempt(folder, environment, words);
    if (done.status() != 0) {
      throw new IllegalStateException(
          String.join(" ", words) + " ended with " + done.status() + ":\n" + done.said());
    }
    return done;
  }

  /** Runs a command to whatever end; its output and errors in the order they came. */
  public static Command attempt(Path folder, Map<String, String> environment, String... words) {
    ProcessBuilder builder = new ProcessBuilder(List.of(words)).directory(folder.toFile());
    builder.environment().putAll(environment);
    try {
      Process process = builder.redirectErrorStream(true).start();
      process.getOutputStream().close();
      Thread.ofVirtual().start(() -> end(process));
      String said = new String(process.getInputStream().readAllBytes(), UTF_8);
      return new Command(process.waitFor(), said);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Nothing the suite runs takes longer, on any machine. */
  private static void end(Process process) {
    try {
      if (!process.waitFor(5, TimeUnit.MINUTES)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
