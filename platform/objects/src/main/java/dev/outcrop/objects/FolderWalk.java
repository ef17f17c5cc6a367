package dev.outcrop.objects;

import dev.outcrop.objects.KeyOrder.Bound;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.BiFunction;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Walks a folder in the order of keys, entering no folder in which no key can be of the listing.
 * Folders are put in order with a slash behind their names: {@code a.txt} comes before {@code a/b}.
 */
final class FolderWalk implements Iterator<S3Object> {

  private record Entry(Path path, String key, boolean folder) {}

  private final String prefix;
  private final Bound from;
  private final BiFunction<Path, String, S3Object> summary;
  private final Deque<Entry> ahead = new ArrayDeque<>();
  private S3Object next;

  FolderWalk(Path root, String prefix, Bound from, BiFunction<Path, String, S3Object> summary) {
    this.prefix = prefix;
    this.from = from;
    this.summary = summary;
    ahead.push(new Entry(root, "", true));
  }

  @Override
  public boolean hasNext() {
    while (next == null && !ahead.isEmpty()) {
      Entry entry = ahead.pop();
      if (entry.folder()) {
        enter(entry);
      } else if (entry.key().startsWith(prefix) && from.admits(entry.key())) {
        next = summary.apply(entry.path(), entry.key());
      }
    }
    return next != null;
  }

  @Override
  public S3Object next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    S3Object found = next;
    next = null;
    return found;
  }

  private void enter(Entry folder) {
    List<Entry> entries = new ArrayList<>();
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder.path())) {
      for (Path path : paths) {
        String name = path.getFileName().toString();
        boolean isFolder = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
        Entry entry = new Entry(path, folder.key() + name + (isFolder ? "/" : ""), isFolder);
        if (!name.startsWith(".") && mayHold(entry)) {
          entries.add(entry);
        }
      }
    } catch (IOException | java.nio.file.DirectoryIteratorException e) {
      throw S3Errors.accessDenied("The folder can't be read: " + folder.path());
    }
    entries.sort((a, b) -> KeyOrder.compare(b.key(), a.key()));
    entries.forEach(ahead::push);
  }

  private boolean mayHold(Entry entry) {
    if (!entry.folder()) {
      return true;
    }
    String key = entry.key();
    boolean ofPrefix = key.startsWith(prefix) || prefix.startsWith(key);
    return ofPrefix && KeyOrder.compare(KeyOrder.after(key), from.key()) > 0;
  }
}
