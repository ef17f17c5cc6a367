package dev.outcrop.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * Where settings come from; flags win over the environment, and that over the file.
 *
 * @param flags by key, for example {@code server.port} to {@code 4567}
 * @param environment all of it; names that begin with {@code OUTCROP_} are settings
 * @param file YAML; need not exist unless {@code fileRequired}
 * @param fileRequired the user named the file, so it must be there
 */
public record Sources(
    Map<String, String> flags, Map<String, String> environment, Path file, boolean fileRequired) {

  /** Variables of the launcher and the command line, which are not settings. */
  static final Set<String> RESERVED =
      Set.of(
          "OUTCROP_CONFIG",
          "OUTCROP_DEBUG",
          "OUTCROP_HOME",
          "OUTCROP_JAVA_OPTS",
          "OUTCROP_NO_AOT",
          "OUTCROP_NO_BUILD",
          "OUTCROP_QUIET",
          "OUTCROP_ROOT",
          "OUTCROP_TEST_CACHE",
          "OUTCROP_TRAINING");

  public Sources {
    flags = Map.copyOf(flags);
    environment = Map.copyOf(environment);
  }

  /** The usual: flags, environment, and the file in {@code OUTCROP_CONFIG} or in the home. */
  public static Sources of(Home home, Map<String, String> environment, Map<String, String> flags) {
    String named = environment.get("OUTCROP_CONFIG");
    boolean given = named != null && !named.isBlank();
    return new Sources(
        flags, environment, given ? Home.expand(named) : home.configuration(), given);
  }
}
