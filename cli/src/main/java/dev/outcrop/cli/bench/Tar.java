package dev.outcrop.cli.bench;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * Reads a {@code .tar.gz} (ustar, POSIX 1003.1-1988) of small files. Folders inside are dropped:
 * every file lands directly in the target folder, so no name can lead out of it.
 */
final class Tar {
  private static final int BLOCK = 512;
  private static final int MOST_FILES = 100_000;
  private static final long LONGEST = 16L << 20;

  private Tar() {}

  /** Unpacks the archive's ordinary files and returns how many there were. */
  static int unpack(Path archive, Path folder) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(archive))) {
      int files = 0;
      byte[] header = in.readNBytes(BLOCK);
      while (header.length == BLOCK && header[0] != 0) {
        long size = size(header);
        if (header[156] == '0' || header[156] == 0) {
          if (++files > MOST_FILES || size > LONGEST) {
            throw new IOException(archive + " is larger than a test collection should be");
          }
          Files.write(folder.resolve(name(header)), in.readNBytes((int) size));
        } else {
          in.skipNBytes(size);
        }
        in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
        header = in.readNBytes(BLOCK);
      }
      if (header.length < BLOCK) {
        throw new EOFException(archive + " is cut short");
      }
      return files;
    }
  }

  private static String name(byte[] header) throws IOException {
    String path = text(header, 0, 100);
    String name = path.substring(path.lastIndexOf('/') + 1);
    if (name.isEmpty() || name.equals(".") || name.equals("..")) {
      throw new IOException("a file in the archive has no name");
    }
    return name;
  }

  private static long size(byte[] header) throws IOException {
    String octal = text(header, 124, 12).strip();
    try {
      return Long.parseLong(octal, 8);
    } catch (NumberFormatException e) {
      throw new IOException("not a tar archive", e);
    }
  }

  private static String text(byte[] header, int from, int length) {
    int end = from;
    while (end < from + length && header[end] != 0) {
      end++;
    }
    return new String(header, from, end - from, StandardCharsets.UTF_8);
  }
}
