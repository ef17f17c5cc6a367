package dev.outcrop.server;

import java.util.logging.Level;
import java.util.logging.Logger;

/** What libraries and the system itself say on standard error: only what needs attention. */
final class Logs {
  /** Held, for the JDK forgets the level of a logger that nobody refers to. */
  private static final Logger ROOT = Logger.getLogger("");

  private static final Logger LUCENE =
      Logger.getLogger("org.apache.lucene.internal.vectorization.VectorizationProvider");

  private Logs() {}

  /** Warnings and worse; with {@code OUTCROP_DEBUG} set also what is only informative. */
  static void configure() {
    ROOT.setLevel(System.getenv("OUTCROP_DEBUG") == null ? Level.WARNING : Level.INFO);
    // Lucene asks for the incubating Vector API, whose module would cost every start a fifth.
    LUCENE.setLevel(Level.SEVERE);
    System.setProperty("org.jooq.no-logo", "true");
    System.setProperty("org.jooq.no-tips", "true");
  }
}
