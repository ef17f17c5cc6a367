package dev.outcrop.conformance.running;

import java.nio.file.Path;
import java.util.Optional;

/** Folders the suite works with. */
public final class Places {
  private Places() {}

  /** The repository. */
  public static Path root() {
    String named = System.getenv("OUTCROP_ROOT");
    return named == null
        ? Path.of("..").toAbsolutePath().normalize()
        : Path.of(named).toAbsolutePath();
  }

  /** What is fetched once and kept: clients at their pinned versions, models. */
  public static Path cache() {
    return Optional.ofNullable(System.getenv("OUTCROP_TEST_CACHE"))
        .map(Path::of)
        .orElseGet(() -> root().resolve(".cache"))
        .toAbsolutePath();
  }

  /** A folder of this module's tests: {@code js} or {@code python}. */
  public static Path scripts(String name) {
    return root().resolve("conformance/src/test").resolve(name);
  }
}
