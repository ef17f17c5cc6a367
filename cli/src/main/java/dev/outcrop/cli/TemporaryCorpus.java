package dev.outcrop.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.bedrockagent.model.IngestionJob;
import software.amazon.awssdk.services.bedrockagent.model.IngestionJobStatus;

/** Documents and a system of their own to ask about them, all gone at the end. */
final class TemporaryCorpus implements AutoCloseable {
  private final Path scratch;
  private final Path folder;
  private final Session session;

  TemporaryCorpus(Installation installation, Installation.Options options) throws IOException {
    scratch = Files.createTempDirectory("outcrop-bench").toRealPath();
    try {
      folder = Files.createDirectory(scratch.resolve("documents"));
      session = installation.openKeywordFirst(options, scratch.resolve("home"));
    } catch (IOException | RuntimeException e) {
      delete(scratch);
      throw e;
    }
  }

  /** Where the documents are to be put. */
  Path folder() {
    return folder;
  }

  Session session() {
    return session;
  }

  /** Ingests the folder and returns the knowledge base's id; every document must have gone in. */
  String index(Terminal terminal) throws IOException, InterruptedException {
    long documents;
    try (Stream<Path> all = Files.list(folder)) {
      documents = all.count();
    }
    FolderIndex index = new FolderIndex(session);
    String base = index.knowledgeBase(folder);
    IngestionJob job =
        index.refresh(
            base,
            folder,
            s ->
                terminal.progress(
                    "Indexing", s.numberOfNewDocumentsIndexed(), documents, "documents"));
    terminal.clear();
    if (job.status() != IngestionJobStatus.COMPLETE
        || job.statistics().numberOfNewDocumentsIndexed() != documents) {
      throw new CommandFailure(
          "only "
              + job.statistics().numberOfNewDocumentsIndexed()
              + " of "
              + documents
              + " documents were indexed: "
              + String.join("; ", job.failureReasons()));
    }
    terminal.note("Indexed " + documents + " documents");
    return base;
  }

  @Override
  public void close() throws IOException {
    try {
      session.close();
    } finally {
      delete(scratch);
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> paths;
    try (Stream<Path> all = Files.walk(folder)) {
      paths = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      Files.deleteIfExists(path);
    }
  }
}
