package dev.outcrop.models.llama;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * What the provider needs to know about this machine.
 *
 * @param libraries gives the folder of the llama.cpp libraries, fetching them if need be; asked
 *     whenever a model is loaded. {@link LlamaLibraries} says which they are
 * @param workDir folder for crash reports and the child's start-up cache; made when missing
 * @param maxLoaded most models loaded at the same time; the least recently used idle one gives way
 * @param idleUnload a model that nobody used for so long is unloaded; zero keeps it
 * @param startTimeout how long loading a model may take
 * @param patience how long a call waits for a model that is being restarted
 */
public record LlamaSettings(
    Supplier<Path> libraries,
    Path workDir,
    int maxLoaded,
    Duration idleUnload,
    Duration startTimeout,
    Duration patience) {

  public LlamaSettings {
    if (maxLoaded < 1 || startTimeout.isNegative() || startTimeout.isZero()) {
      throw new IllegalArgumentException("maxLoaded and startTimeout must be positive");
    }
  }

  /** The same with libraries that are on this machine. */
  public LlamaSettings(
      Path libraries,
      Path workDir,
      int maxLoaded,
      Duration idleUnload,
      Duration startTimeout,
      Duration patience) {
    this(() -> libraries, workDir, maxLoaded, idleUnload, startTimeout, patience);
  }

  /** Two models at once, kept until the server stops; loading may take three minutes. */
  public static LlamaSettings of(Supplier<Path> libraries, Path workDir) {
    return new LlamaSettings(
        libraries, workDir, 2, Duration.ZERO, Duration.ofMinutes(3), Duration.ofSeconds(30));
  }

  /** The same with libraries that are on this machine. */
  public static LlamaSettings of(Path libraries, Path workDir) {
    return of(() -> libraries, workDir);
  }
}
