package dev.outcrop.models.recordings;

import dev.outcrop.config.Setting;
import java.nio.file.Path;

/** The {@code recording:} part of the configuration. */
public record RecordingSettings(
    @Setting(
            doc =
                "off, record (every call of a model is written to a file) or replay (calls are"
                    + " answered from the files, without a provider).",
            value = "off")
        Mode mode,
    @Setting(doc = "The folder with the files.", value = "recordings") Path folder) {

  /** What is done with calls. */
  public enum Mode {
    OFF,
    RECORD,
    REPLAY
  }

  /** Wraps providers as it is set; null when it is off. */
  public Recordings open() {
    return mode == Mode.OFF ? null : new Recordings(folder, mode == Mode.REPLAY);
  }
}
