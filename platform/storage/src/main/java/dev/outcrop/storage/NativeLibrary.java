package dev.outcrop.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * Keeps SQLite's native library beside the database. The driver would unpack it into the folder for
 * temporary files at every start, which takes as long as the rest of opening the database, and
 * leave it there when the process is killed.
 */
final class NativeLibrary {
  private static final String PATH = "org.sqlite.lib.path";

  private NativeLibrary() {}

  /** Unpacks the library if it is not there. Where that is impossible the driver does as ever. */
  static synchronized void keepIn(Path folder) {
    if (System.getProperty(PATH) != null) {
      return;
    }
    String name = LibraryLoaderUtil.getNativeLibName();
    String inside = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
    Path kept = folder.resolve("sqlite-" + SQLiteJDBCLoader.getVersion()).resolve(name);
    try {
      if (!Files.exists(kept)) {
        unpack(inside, kept);
      }
      System.setProperty(PATH, kept.getParent().toString());
    } catch (IOException e) {
      System.getLogger(NativeLibrary.class.getName())
          .log(System.Logger.Level.DEBUG, "SQLite's library goes to a temporary folder", e);
    }
  }

  /** Whoever sees the file sees all of it: it is written aside and moved into place. */
  private static void unpack(String inside, Path kept) throws IOException {
    try (InputStream library = SQLiteJDBCLoader.class.getResourceAsStream(inside)) {
      if (library == null) {
        throw new IOException("no " + inside);
      }
      Files.createDirectories(kept.getParent());
      Path aside = Files.createTempFile(kept.getParent(), "unpacking", null);
      try {
        Files.copy(library, aside, StandardCopyOption.REPLACE_EXISTING);
        Files.move(aside, kept, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(aside);
      }
    }
  }
}
