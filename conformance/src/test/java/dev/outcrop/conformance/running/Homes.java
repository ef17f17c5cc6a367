package dev.outcrop.conformance.running;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Fresh homes whose models and libraries are shared with every other run. */
public final class Homes {
  public static final String CHAT = "outcrop.smollm2-135m-instruct-v1";

  /** Two names of the chat model, as of a family, in the homes that all scenarios share. */
  public static final String SMALL = "acme.rock-small-v1:0";

  public static final String LARGE = "acme.rock-large-v1:0";

  private Homes() {}

  /** A home whose chat model goes by {@link #SMALL} and {@link #LARGE}, too. */
  static Path shared(String name) throws IOException {
    Path home = fresh(name);
    Files.writeString(
        home.resolve("outcrop.yaml"),
        """
        aliases:
          "%s": %s
          "%s": %s
        """
            .formatted(SMALL, CHAT, LARGE, CHAT));
    return home;
  }

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
