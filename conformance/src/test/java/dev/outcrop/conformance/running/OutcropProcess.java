package dev.outcrop.conformance.running;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server in a process of its own, as {@code outcrop up} starts it. */
public final class OutcropProcess implements AutoCloseable {
  private static final String MAIN = "dev.outcrop.server.Main";
  private static final Pattern READY =
      Pattern.compile("Outcrop is ready: export AWS_ENDPOINT_URL=(\\S+) .*");

  private final Process process;
  private final Path home;
  private final URI endpoint;

  private OutcropProcess(Process process, Path home, URI endpoint) {
    this.process = process;
    this.home = home;
    this.endpoint = endpoint;
  }

  /** Starts a server over a home, at a free port. */
  public static OutcropProcess up(Path home, String... options) throws IOException {
    List<String> words = new ArrayList<>(List.of("up", "--port", "0", "--home", home.toString()));
    words.addAll(List.of(options));
    ProcessBuilder builder = new ProcessBuilder(java(words.toArray(String[]::new)));
    Path log = Path.of("target", home.getFileName() + ".log").toAbsolutePath();
    Process process = builder.redirectError(log.toFile()).start();
    BufferedReader said = process.inputReader();
    Thread drain = Thread.ofVirtual().unstarted(() -> said.lines().forEach(line -> {}));
    String line = said.readLine();
    Matcher ready = READY.matcher(String.valueOf(line));
    if (!ready.matches()) {
      process.destroyForcibly();
      throw new IllegalStateException("no ready line but " + line + "\n" + Files.readString(log));
    }
    drain.start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    return new OutcropProcess(process, home, URI.create(ready.group(1)));
  }

  /** Runs another command of Outcrop to its end. */
  public static Command command(String... words) {
    return Command.attempt(
        Path.of("").toAbsolutePath(), Map.of(), java(words).toArray(String[]::new));
  }

  private static List<String> java(String... words) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--add-modules=jdk.incubator.vector",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+UseSerialGC"));
    line.addAll(List.of("-cp", classPath(), MAIN));
    line.addAll(List.of(words));
    return line;
  }

  /** What the launcher runs, or what this test runs with while nothing is packaged. */
  public static String classPath() {
    Path packaged = Places.root().resolve("server/target/outcrop/lib");
    Path lib = Path.of(System.getProperty("outcrop.lib", packaged.toString()));
    return Files.isDirectory(lib) ? lib + "/*" : System.getProperty("java.class.path");
  }

  public URI endpoint() {
    return endpoint;
  }

  public Path home() {
    return home;
  }

  /** Ends the process at once, as a power cut would. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** Asks it to stop; the exit status. */
  public int stop() throws InterruptedException {
    process.destroy();
    return process.waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
