package dev.outcrop.models.recordings;

import dev.outcrop.models.Provider;
import dev.outcrop.models.catalogue.CatalogueEntry;
import java.nio.file.Path;

/**
 * Records calls of models to files that a team can commit, one for each call, or answers calls from
 * them. It sits between Outcrop and its providers, so it works alike for every operation, every
 * body and every provider.
 *
 * <p>A call is known by its request: the same request gets its answers in the order in which they
 * were recorded, and the last one from then on. What differs from run to run though nothing has
 * changed, ids of tool calls and UUIDs, is not compared, and request metadata isn't either. Keys
 * and tokens are taken out.
 */
public final class Recordings {
  private final Tape tape;

  /**
   * @param replay false to record
   */
  public Recordings(Path folder, boolean replay) {
    this.tape = new Tape(new Recorded(folder), replay);
  }

  /** The provider, recorded or replayed; a replayed one is never asked for anything. */
  public Provider of(Provider provider) {
    return new TapedProvider(provider, tape);
  }

  /** A model as it is needed: to be replayed, its file isn't. */
  public CatalogueEntry of(CatalogueEntry entry) {
    return !tape.replays()
        ? entry
        : new CatalogueEntry(
            entry.id(),
            entry.name(),
            entry.vendor(),
            entry.provider(),
            entry.kind(),
            null,
            null,
            entry.bytes(),
            entry.licence(),
            false,
            entry.options(),
            entry.prices(),
            entry.fallbacks());
  }
}
