package dev.outcrop.server;

import dev.outcrop.cli.Cli;

/** The {@code outcrop} command's entry. */
public final class Main {
  private Main() {}

  /** Runs a command; {@code train} is the launcher's own, see {@link Training}. */
  public static void main(String[] arguments) throws Exception {
    Logs.configure();
    if (arguments.length == 1
        && arguments[0].equals("train")
        && System.getenv("OUTCROP_TRAINING") != null) {
      Training.run();
      return;
    }
    System.exit(Cli.run(new LocalInstallation(), arguments));
  }
}
