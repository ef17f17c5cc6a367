package dev.outcrop.server;

import dev.outcrop.cli.Cli;
import java.nio.file.Path;

/** The {@code outcrop} command's entry. */
public final class Main {
  private Main() {}

  /**
   * Runs a command; {@code pack} and {@code train} are the launcher's own, see {@link StartJar},
   * {@link BlankHome} and {@link Training}.
   */
  public static void main(String[] arguments) throws Exception {
    Logs.configure();
    if (System.getenv("OUTCROP_TRAINING") != null) {
      switch (arguments[0]) {
        case "pack" -> {
          StartJar.make(Path.of(arguments[1]), Path.of(arguments[2]));
          BlankHome.make(Path.of(arguments[3]));
        }
        case "up" -> Training.up();
        default -> Training.ask();
      }
      System.exit(0); // a served system is stopped by its hook, not by the end of this thread
    }
    System.exit(Cli.run(new LocalInstallation(), arguments));
  }
}
