package dev.outcrop.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * {@code ./outcrop up} until its ready line, and the memory it then holds, with the AOT cache
 * against without it. Needs a built {@code ./outcrop} that was started once.
 */
final class StartupBenchmark {
  private static final int ROUNDS = 5;

  private StartupBenchmark() {}

  private record Start(double millis, double megabytes) {}

  static List<Ratio> run() throws Exception {
    Path launcher = Path.of(System.getenv("OUTCROP_ROOT"), "outcrop");
    Samples[] millis = {new Samples(), new Samples()};
    Samples[] megabytes = {new Samples(), new Samples()};
    try (Scratch scratch = Scratch.make()) {
      for (int round = -1; round < ROUNDS; round++) {
        for (int cached = 0; cached < 2; cached++) {
          Start start = start(launcher, scratch.resolve("home-" + cached), cached == 1);
          if (round >= 0) {
            millis[cached].add(start.millis());
            megabytes[cached].add(start.megabytes());
          }
        }
      }
    }
    return List.of(
        new Ratio(
            "Start to ready line, with vs without AOT cache",
            millis[1].median(),
            millis[0].median(),
            "ms",
            Ratio.Target.atMost(1)),
        new Ratio(
            "Resident memory when ready, with vs without AOT cache",
            megabytes[1].median(),
            megabytes[0].median(),
            "MB",
            null));
  }

  private static Start start(Path launcher, Path home, boolean cached)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
                launcher.toString(), "up", "--port", "0", "--quiet", "--home", home.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("OUTCROP_NO_BUILD", "1");
    builder.environment().remove("OUTCROP_NO_AOT");
    if (!cached) {
      builder.environment().put("OUTCROP_NO_AOT", "1");
    }
    long start = System.nanoTime();
    Process process = builder.start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line = out.readLine();
      long ready = System.nanoTime();
      if (line == null || !line.contains("ready")) {
        throw new IOException("./outcrop up did not get ready; run it once by hand to see why");
      }
      return new Start((ready - start) / 1e6, resident(process.pid()));
    } finally {
      process.destroy();
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    }
  }

  /** The launcher becomes the JVM by exec, so the process is the server itself. */
  private static double resident(long pid) throws IOException {
    Path status = Path.of("/proc", Long.toString(pid), "status");
    if (!Files.exists(status)) {
      return Double.NaN;
    }
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1e3;
      }
    }
    throw new IOException("no VmRSS in " + status);
  }
}
