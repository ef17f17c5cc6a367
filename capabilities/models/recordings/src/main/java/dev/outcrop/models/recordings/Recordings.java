package dev.outcrop.models.recordings;

import dev.outcrop.models.Provider;
import dev.outcrop.models.catalogue.Catalogue;
import dev.outcrop.models.catalogue.CatalogueEntry;
import dev.outcrop.models.catalogue.ModelsSettings;
import java.nio.file.Path;
import java.util.IdentityHashMap;
import java.util.Map;

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

  /** A provider is wrapped once, so that it is the same after the configuration has changed. */
  private final Map<Provider, Provider> wrapped = new IdentityHashMap<>();

  /**
   * @param replay false to record
   */
  public Recordings(Path folder, boolean replay) {
    this.tape = new Tape(new Recorded(folder), replay);
  }

  /** The provider, recorded or replayed; a replayed one is never asked for anything. */
  public synchronized Provider of(Provider provider) {
    return wrapped.computeIfAbsent(provider, p -> new TapedProvider(p, tape, () -> forget(p)));
  }

  private synchronized void forget(Provider provider) {
    wrapped.remove(provider);
  }

  /** The models as they are needed: to be replayed, their files are not. */
  public Catalogue of(Catalogue catalogue, ModelsSettings settings) {
    return !tape.replays()
        ? catalogue
        : Catalogue.of(
            new ModelsSettings(
                catalogue.models().values().stream()
                    .distinct()
                    .map(Recordings::withoutFile)
                    .toList(),
                settings.aliases(),
                settings.queue()));
  }

  private static CatalogueEntry withoutFile(CatalogueEntry entry) {
    return new CatalogueEntry(
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
