package dev.outcrop.models.upstream;

import java.io.IOException;

/**
 * Reads an answer far enough to know that it is one. What it throws counts as a failure of the
 * call, which is then tried again: nothing may have been sent to the client yet.
 */
@FunctionalInterface
public interface Attempt<T> {

  /**
   * Reads. The answer stays open when this returns, for the result to read on and close; it is
   * closed when this throws.
   */
  T read(UpstreamResponse response) throws IOException;
}
