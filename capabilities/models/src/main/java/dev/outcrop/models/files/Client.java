package dev.outcrop.models.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A run of a package registry's own client, so that the mirrors, proxies and credentials that the
 * user has set up for it count here too.
 */
final class Client {

  private static final int SHOWN = 1500;

  private Client() {}

  /**
   * Runs a command and waits for it; an interrupt ends it.
   *
   * @param folder where it runs and keeps its temporary files; their growth is the progress
   * @param total bytes expected; 0 when not known
   * @param advice what to do when the command isn't there
   * @return what it printed on standard output
   */
  static String run(
      List<String> command,
      Map<String, String> environment,
      Path folder,
      long total,
      Progress progress,
      String advice)
      throws IOException, InterruptedException {
    Path log = folder.resolve("client.log");
    Path output = folder.resolve("client.out");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(folder.toFile()).redirectError(log.toFile()).redirectOutput(output.toFile());
    builder.environment().put("TMPDIR", folder.toString());
    builder.environment().putAll(environment);
    Process process = start(builder, advice);
    try {
      process.getOutputStream().close();
      while (!process.waitFor(200, TimeUnit.MILLISECONDS)) {
        progress.at(Math.min(size(folder), total == 0 ? Long.MAX_VALUE : total), total);
      }
    } finally {
      end(process);
    }
    if (process.exitValue() != 0) {
      throw new DownloadException(
          "'" + String.join(" ", command) + "' failed: " + end(Files.readString(log)));
    }
    return Files.readString(output);
  }

  private static Process start(ProcessBuilder builder, String advice) {
    try {
      return builder.start();
    } catch (IOException e) {
      throw new DownloadException(
          "'" + builder.command().getFirst() + "' cannot be run: " + advice, e);
    }
  }

  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
  }

  private static String end(String log) {
    String text = log.strip();
    return text.length() <= SHOWN ? text : "…" + text.substring(text.length() - SHOWN);
  }

  private static long size(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.mapToLong(file -> file.toFile().isFile() ? file.toFile().length() : 0).sum();
    } catch (IOException | java.io.UncheckedIOException e) {
      return 0; // Temporary files come and go; the next look will tell.
    }
  }
}
