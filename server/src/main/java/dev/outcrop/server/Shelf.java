package dev.outcrop.server;

import dev.outcrop.cli.CommandFailure;
import dev.outcrop.cli.ModelShelf;
import dev.outcrop.models.ModelEntry;
import dev.outcrop.models.catalogue.Catalogue;
import dev.outcrop.models.catalogue.CatalogueEntry;
import dev.outcrop.models.files.ModelFiles;
import dev.outcrop.models.llama.LlamaLibraries;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The models of the catalogue and their files, with the llama.cpp that chat models need. */
final class Shelf implements ModelShelf {
  /** What npm reports for the packed libraries of linux-x64; others are within a few megabytes. */
  private static final long LIBRARY_BYTES = 11_000_000;

  private static final String LLAMA = "llama";
  private final Catalogue catalogue;
  private final ModelFiles files;
  private final LlamaFolder llama;

  Shelf(Catalogue catalogue, ModelFiles files, LlamaFolder llama) {
    this.catalogue = catalogue;
    this.files = files;
    this.llama = llama;
  }

  @Override
  public List<Model> list() {
    List<Model> models = new ArrayList<>();
    for (Map.Entry<String, CatalogueEntry> named : catalogue.models().entrySet()) {
      models.add(describe(named.getKey(), named.getValue()));
    }
    return models;
  }

  private Model describe(String id, CatalogueEntry entry) {
    String kind =
        entry.kind() == ModelEntry.Kind.QUOTE
            ? "answers"
            : entry.kind().name().toLowerCase(Locale.ROOT);
    boolean present = entry.source() == null || files.present(entry).isPresent();
    String note = id.equals(entry.id()) ? entry.name() : "alias of " + entry.id();
    long bytes = entry.source() == null ? 0 : Math.max(1, entry.bytes());
    return new Model(id, kind, entry.licence(), bytes, present, note);
  }

  @Override
  public List<Model> missing(String id) {
    CatalogueEntry entry = entry(id);
    List<Model> missing = new ArrayList<>();
    if (entry.provider().equals(LLAMA) && llama.present().isEmpty()) {
      missing.add(
          new Model(
              "llama.cpp (" + llama.wanted().npm() + " " + LlamaLibraries.VERSION + ")",
              "library",
              "MIT",
              LIBRARY_BYTES,
              false,
              "runs chat models"));
    }
    if (entry.source() != null && files.present(entry).isEmpty()) {
      missing.add(describe(entry.id(), entry));
    }
    return missing;
  }

  @Override
  public void pull(String id, Progress progress) throws InterruptedException {
    CatalogueEntry entry = entry(id);
    if (entry.provider().equals(LLAMA)) {
      llama.pull((done, total) -> progress.at("llama.cpp", done, total));
    }
    if (entry.source() != null) {
      files.pull(entry, (done, total) -> progress.at(entry.id(), done, total));
    }
  }

  @Override
  public boolean remove(String id) {
    return files.remove(entry(id));
  }

  /** An entry by id, or one made for a GGUF that was named by path or address. */
  CatalogueEntry entry(String named) {
    return catalogue
        .find(named)
        .or(
            () ->
                named.endsWith(".gguf")
                    ? Optional.of(CatalogueEntry.ofGguf(named))
                    : Optional.empty())
        .orElseThrow(
            () ->
                new CommandFailure(
                    "there is no model '"
                        + named
                        + "'; ./outcrop models lists those there are, and a"
                        + " GGUF file can be named by its path"));
  }
}
