package dev.outcrop.knowledge.parsing;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What libraries have to say about a broken document is in the reason given for it; as lines in the
 * log, thousands for one file, it helps nobody.
 */
final class QuietLibraries {
  private static final List<Logger> SILENT =
      List.of(
          Logger.getLogger("org.apache.pdfbox"),
          Logger.getLogger("org.apache.fontbox"),
          Logger.getLogger("org.apache.poi"));

  private QuietLibraries() {}

  static void hush() {
    SILENT.forEach(logger -> logger.setLevel(Level.OFF));
  }
}
