package dev.outcrop.knowledge.index;

import java.nio.file.Path;

/** An index whose files can't be read; the message says where they are and what to do. */
public final class DamagedIndexException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DamagedIndexException(Path folder, Throwable cause) {
    super(
        "The index in "
            + folder
            + " is damaged ("
            + cause.getMessage()
            + "). Delete that folder, restart, and start an ingestion job for each data source:"
            + " the documents will be indexed again.",
        cause);
  }
}
