package dev.outcrop.conformance.running;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Fresh homes whose models and libraries are shared with every other run. */
public final class Homes {
  public static final String CHAT = "outcrop.smollm2-135m-instruct-v1";

  private Homes() {}

  /** A home without anything but the shared models. */
  public static Path fresh(String name) {
    try {
      Path homes = Files.createDirectories(Path.of("target", "homes").toAbsolutePath());
      Path home = Files.createTempDirectory(homes, name + "-");
      for (String shared : new String[] {"models", "libraries"}) {
        Path kept = Files.createDirectories(Places.cache().resolve(shared));
        Files.createSymbolicLink(home.resolve(shared), kept);
      }
      return home;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Fetches the chat model into the shared folders, if it isn't there. */
  public static void pullChatModel() {
    Command pull =
        OutcropProcess.command("models", "--home", Places.cache().toString(), "pull", CHAT);
    if (pull.status() != 0) {
      throw new IllegalStateException(pull.said());
    }
  }
}
