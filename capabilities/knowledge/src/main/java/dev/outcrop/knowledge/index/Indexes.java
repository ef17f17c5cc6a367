package dev.outcrop.knowledge.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The indexes of all knowledge bases, a folder for each, opened when first used. */
public final class Indexes implements AutoCloseable {
  private final Path folder;
  private final Map<String, ChunkIndex> open = new HashMap<>();
  private boolean closed;

  public Indexes(Path folder) {
    this.folder = folder;
  }

  /**
   * The index of a knowledge base, empty when it is new.
   *
   * @throws DamagedIndexException when its files can't be read
   */
  public synchronized ChunkIndex of(String knowledgeBaseId) {
    if (closed) {
      throw new IllegalStateException("The server is stopping.");
    }
    return open.computeIfAbsent(knowledgeBaseId, id -> ChunkIndex.open(folder.resolve(id)));
  }

  /** Deletes an index with its files. */
  public synchronized void delete(String knowledgeBaseId) {
    ChunkIndex index = open.remove(knowledgeBaseId);
    if (index != null) {
      index.close();
    }
    Path files = folder.resolve(knowledgeBaseId);
    if (!Files.exists(files)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(files)) {
      for (Path path : tree.toList().reversed()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the index in " + files + " can't be deleted", e);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    List.copyOf(open.values()).forEach(ChunkIndex::close);
    open.clear();
  }
}
