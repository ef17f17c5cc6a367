package dev.outcrop.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server in a process of its own, which listens on a port of loopback and ends with this one. */
record GatewayProcess(Process process, int port) implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("(?:AWS_ENDPOINT_URL=\\S+:|^)(\\d+)(?: |$)");

  GatewayProcess {
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
  }

  /** Starts a class of this build, which prints a line with its port when ready. */
  static GatewayProcess java(Class<?> main, Path log, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseSerialGC"));
    String more = System.getenv("OUTCROP_JAVA_OPTS");
    if (more != null && !more.isBlank() && main == dev.outcrop.server.Main.class) {
      command.addAll(List.of(more.strip().split("\\s+")));
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      Matcher ready = READY.matcher(line);
      if (ready.find()) {
        return new GatewayProcess(process, Integer.parseInt(ready.group(1)));
      }
    }
    throw new IOException(main + " did not start:\n" + Files.readString(log));
  }

  /** Starts a command that listens on this port some time. */
  static GatewayProcess command(
      int port, Path log, Map<String, String> environment, String... words) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    return new GatewayProcess(builder.start(), port);
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Megabytes that it holds. */
  double resident() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1e3;
      }
    }
    return Double.NaN;
  }

  /**
   * Megabytes of Java objects that are in use, garbage left out. They are counted one by one: what
   * the collector calls used holds dead objects, too, which it doesn't bother to close up on.
   */
  double liveHeap() throws IOException, InterruptedException {
    double bytes = 0;
    for (String line : jcmd("GC.class_histogram").lines().toList()) {
      String[] columns = line.strip().split("\\s+");
      if (columns[0].endsWith(":") && columns.length > 3 && !columns[3].contains("Filler")) {
        bytes += Double.parseDouble(columns[2]);
      }
    }
    return bytes / 1e6;
  }

  private String jcmd(String what) throws IOException, InterruptedException {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(process.pid()),
                what)
            .redirectErrorStream(true)
            .start();
    String told = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    jcmd.waitFor();
    return told;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
