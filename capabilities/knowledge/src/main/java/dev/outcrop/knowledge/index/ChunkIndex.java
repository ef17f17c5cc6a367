package dev.outcrop.knowledge.index;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.LockObtainFailedException;

/**
 * The chunks of one knowledge base in Lucene: vectors (see {@link Vectors}) and text for BM25, in
 * one index. A document's chunks are replaced in one step, so a search sees the old ones or the new
 * ones. What {@link #commit} has returned from survives a crash; searches see the state of the last
 * commit. Safe for use by many threads.
 */
public final class ChunkIndex implements AutoCloseable {
  private final Path folder;
  private final Directory directory;
  private final IndexWriter writer;
  private final SearcherManager searchers;

  private ChunkIndex(Path folder, Directory directory, IndexWriter writer) throws IOException {
    this.folder = folder;
    this.directory = directory;
    this.writer = writer;
    this.searchers = new SearcherManager(directory, new BM25Searchers());
  }

  /**
   * Opens the index in the folder, making an empty one when there is none.
   *
   * @throws DamagedIndexException when its files can't be read
   * @throws IllegalStateException when another process has it open
   */
  public static ChunkIndex open(Path folder) {
    try {
      Files.createDirectories(folder);
      Directory directory = FSDirectory.open(folder);
      IndexWriterConfig config = new IndexWriterConfig(QuestionText.ANALYZER);
      config.setSimilarity(BM25Searchers.SIMILARITY);
      config.setCodec(Vectors.CODEC);
      config.setCommitOnClose(false);
      IndexWriter writer = new IndexWriter(directory, config);
      writer.commit();
      return new ChunkIndex(folder, directory, writer);
    } catch (LockObtainFailedException e) {
      throw new IllegalStateException("another process uses the index in " + folder, e);
    } catch (CorruptIndexException
        | IndexFormatTooNewException
        | IndexFormatTooOldException
        | NoSuchFileException
        | EOFException e) {
      throw new DamagedIndexException(folder, e);
    } catch (IOException e) {
      throw new UncheckedIOException("the index in " + folder + " can't be opened", e);
    }
  }

  /** Puts these chunks in the place of all that the document had. */
  public void replace(DocumentKey key, List<Entry> entries) {
    if (entries.isEmpty()) {
      delete(key);
      return;
    }
    Term term = new Term(Fields.KEY, Fields.key(key));
    // Lucene walks over it once, so no more than one chunk's fields need memory at a time.
    Iterable<Document> documents =
        () -> entries.stream().map(entry -> Fields.document(key, entry)).iterator();
    run(() -> writer.updateDocuments(term, documents));
  }

  /** Removes the document's chunks. */
  public void delete(DocumentKey key) {
    run(() -> writer.deleteDocuments(new Term(Fields.KEY, Fields.key(key))));
  }

  /** Removes all chunks of a data source. */
  public void deleteSource(String dataSourceId) {
    run(() -> writer.deleteDocuments(new Term(Fields.SOURCE, dataSourceId)));
  }

  /** Makes all changes durable and visible to searches. */
  public void commit() {
    run(
        () -> {
          writer.commit();
          return searchers.maybeRefresh();
        });
  }

  /** The number of chunks as of the last commit. */
  public int size() {
    return search(searcher -> searcher.getIndexReader().numDocs());
  }

  /** The chunks of these ranks, best first. */
  public List<Hit> find(Search search) {
    return search(searcher -> new Candidates(searcher, search).hits());
  }

  /**
   * The chunks of a document with their vectors, in order, as of the last commit.
   *
   * @param page the attribute that holds the number of a chunk's page
   */
  public List<Entry> entries(DocumentKey key, String page) {
    return search(searcher -> new DocumentEntries(searcher, page).of(key));
  }

  /** Reads from a snapshot of the last commit. */
  <T> T search(Reading<T> reading) {
    try {
      IndexSearcher searcher = searchers.acquire();
      try {
        return reading.read(searcher);
      } finally {
        searchers.release(searcher);
      }
    } catch (CorruptIndexException e) {
      throw new DamagedIndexException(folder, e);
    } catch (IOException e) {
      throw new UncheckedIOException("the index in " + folder + " can't be read", e);
    }
  }

  /** Work on a searcher. */
  @FunctionalInterface
  interface Reading<T> {
    T read(IndexSearcher searcher) throws IOException;
  }

  @FunctionalInterface
  private interface Writing {
    Object write() throws IOException;
  }

  /** Writes on a thread of its own: an interrupt of the caller's would break the index. */
  private void run(Writing writing) {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread thread = Thread.ofVirtual().start(() -> write(writing, failure));
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    switch (failure.get()) {
      case null -> {}
      case CorruptIndexException e -> throw new DamagedIndexException(folder, e);
      case Throwable e ->
          throw new IllegalStateException("the index in " + folder + " can't be written", e);
    }
  }

  private static void write(Writing writing, AtomicReference<Throwable> failure) {
    try {
      writing.write();
    } catch (IOException | RuntimeException | Error e) {
      failure.set(e);
    }
  }

  /** Closes it; changes since the last commit are lost, as in a crash. */
  @Override
  public void close() {
    run(
        () -> {
          searchers.close();
          writer.close();
          directory.close();
          return null;
        });
  }

  /**
   * Searchers that rank by the same similarity as was indexed with. Chunks are of like length, so
   * length says little about them: b is below the usual 0.75.
   */
  private static final class BM25Searchers extends SearcherFactory {
    static final BM25Similarity SIMILARITY = new BM25Similarity(1.2f, 0.4f);

    @Override
    public IndexSearcher newSearcher(IndexReader reader, IndexReader previous) {
      IndexSearcher searcher = new IndexSearcher(reader);
      searcher.setSimilarity(SIMILARITY);
      return searcher;
    }
  }
}
