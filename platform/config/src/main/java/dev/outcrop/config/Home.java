package dev.outcrop.config;

import java.nio.file.Path;
import java.util.Map;

/** The folder of all state. */
public record Home(Path folder) {
  public Home {
    folder = folder.toAbsolutePath().normalize();
  }

  /** {@code --home}, else {@code OUTCROP_HOME}, else {@code ~/.outcrop}. */
  public static Home find(String flag, Map<String, String> environment) {
    String given = given(flag) ? flag : environment.get("OUTCROP_HOME");
    return new Home(given(given) ? expand(given) : userHome().resolve(".outcrop"));
  }

  /** The configuration file of this home; it need not exist. */
  public Path configuration() {
    return folder.resolve("outcrop.yaml");
  }

  /** A path in which a leading {@code ~/} is the user's home folder. */
  static Path expand(String text) {
    return text.startsWith("~/") ? userHome().resolve(text.substring(2)) : Path.of(text);
  }

  private static Path userHome() {
    return Path.of(System.getProperty("user.home"));
  }

  private static boolean given(String text) {
    return text != null && !text.isBlank();
  }
}
