package dev.outcrop.knowledge.parsing;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One file to be read, and what is needed to read it.
 *
 * @param file its bytes
 * @param name its name: a hint, never a path
 * @param limits what is allowed
 * @param deadline until when
 * @param unpacked counts what comes out of archives, over all files of one document
 * @param depth how many documents this one is inside of
 */
record Source(
    Path file, String name, ParsingLimits limits, Deadline deadline, Unpacked unpacked, int depth) {

  /** A file that was found in this one. */
  Source inner(Path part, String partName) {
    return new Source(part, partName, limits, deadline, unpacked, depth + 1);
  }

  /** The file's bytes; reading fails after the deadline. */
  InputStream open() throws IOException {
    return new BufferedInputStream(new TimedInput(Files.newInputStream(file), deadline), 1 << 16);
  }

  long size() throws IOException {
    return Files.size(file);
  }

  /** Refuses what is too large to be held as a tree. */
  void requireTreeSize() throws IOException {
    if (size() > limits.treeBytes()) {
      throw Refusal.over("bytes, the most for a document of this format", limits.treeBytes());
    }
  }

  /** Lower case, without the dot; empty when there is none. */
  String extension() {
    String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    int dot = last.lastIndexOf('.');
    return dot < 0 ? "" : last.substring(dot + 1).toLowerCase(java.util.Locale.ROOT);
  }
}
