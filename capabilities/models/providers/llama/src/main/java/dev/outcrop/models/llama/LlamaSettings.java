package dev.outcrop.models.llama;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What the provider needs to know about this machine.
 *
 * @param libraries folder of the llama.cpp libraries; see {@link LlamaLibraries} for which. It need
 *     not exist before the first model is used
 * @param workDir folder for crash reports and the child's start-up cache; made when missing
 * @param maxLoaded most models loaded at the same time; the least recently used idle one gives way
 * @param idleUnload a model that nobody used for so long is unloaded; zero keeps it
 * @param startTimeout how long loading a model may take
 * @param patience how long a call waits for a model that is being restarted
 */
public record LlamaSettings(
    Path libraries,
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

  /** Two models at once, kept until the server stops; loading may take three minutes. */
  public static LlamaSettings of(Path libraries, Path workDir) {
    return new LlamaSettings(
        libraries, workDir, 2, Duration.ZERO, Duration.ofMinutes(3), Duration.ofSeconds(30));
  }
}
