package dev.outcrop.cli;

import java.io.IOException;
import java.util.List;

/** The models that are on this machine or could be. */
public interface ModelShelf {

  /**
   * One model.
   *
   * @param id what clients send as modelId
   * @param kind what it does, for people
   * @param licence SPDX id or the name of its terms
   * @param bytes download size; 0 when it comes with Outcrop
   * @param present whether its files are on this machine
   * @param note one line on what it is good for
   */
  record Model(String id, String kind, String licence, long bytes, boolean present, String note) {}

  /** Told how far a download is. */
  @FunctionalInterface
  interface Progress {
    /** Bytes done of total; total is -1 while it is unknown. */
    void at(String what, long done, long total);
  }

  List<Model> list();

  /**
   * What pulling would fetch: the model and the libraries it needs; empty when nothing is missing.
   */
  List<Model> missing(String id) throws IOException;

  /** Fetches what is missing, resuming what was begun. */
  void pull(String id, Progress progress) throws IOException, InterruptedException;

  /** Deletes a model's files; false when there were none. */
  boolean remove(String id) throws IOException;
}
