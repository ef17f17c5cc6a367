package dev.outcrop.models.files;

/** Hears how far a download is. */
@FunctionalInterface
public interface Progress {

  /** Says nothing to nobody. */
  Progress NONE = (done, total) -> {};

  /**
   * Called a few times a second, and at the end, on the thread that downloads.
   *
   * @param done bytes that are here, those of an earlier attempt included
   * @param total bytes in all; 0 when not known
   */
  void at(long done, long total);
}
