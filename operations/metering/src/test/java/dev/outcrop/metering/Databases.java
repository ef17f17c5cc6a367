package dev.outcrop.metering;

import dev.outcrop.storage.Database;
import java.nio.file.Path;

/** Opens metering databases for tests of the packages below. */
public final class Databases {
  private Databases() {}

  public static Database open(Path file) {
    return MeteringDatabase.open(file);
  }
}
