package dev.outcrop.models.files;

import java.nio.file.Path;

/** Downloads that tests keep between runs. */
final class TestCache {

  private TestCache() {}

  static Path folder(String name) {
    String cache = System.getenv("OUTCROP_TEST_CACHE");
    return (cache == null ? Path.of(System.getenv("OUTCROP_ROOT"), ".cache") : Path.of(cache))
        .resolve(name);
  }
}
