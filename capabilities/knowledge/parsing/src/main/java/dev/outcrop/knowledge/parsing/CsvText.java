package dev.outcrop.knowledge.parsing;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.Reader;

/** Comma-, semicolon-, tab- or bar-separated values. */
final class CsvText {
  private static final char[] SEPARATORS = {',', ';', '\t', '|'};

  private CsvText() {}

  static void read(Source source, Blocks blocks) throws IOException {
    char separator = separator(source);
    TableRows rows = new TableRows(blocks);
    try (Reader reader = TextEncoding.open(source);
        CsvReader<CsvRecord> records =
            CsvReader.builder()
                .fieldSeparator(separator)
                .maxBufferSize(16 << 20)
                .ofCsvRecord(reader)) {
      for (CsvRecord csv : records) {
        rows.row(csv.getFields(), 0);
      }
    } catch (CsvParseException e) {
      throw new Refusal("the table is broken: " + e.getMessage(), e);
    }
    rows.end(0);
  }

  /** The one that occurs most outside quotes in the first line. */
  private static char separator(Source source) throws IOException {
    int[] counts = new int[SEPARATORS.length];
    boolean quoted = false;
    try (Reader reader = TextEncoding.open(source)) {
      int c;
      for (int i = 0; i < 100_000 && (c = reader.read()) >= 0; i++) {
        quoted ^= c == '"';
        if (c == '\n' && !quoted) {
          break;
        }
        for (int s = 0; s < SEPARATORS.length && !quoted; s++) {
          counts[s] += c == SEPARATORS[s] ? 1 : 0;
        }
      }
    }
    int best = 0;
    for (int s = 1; s < counts.length; s++) {
      best = counts[s] > counts[best] ? s : best;
    }
    return SEPARATORS[best];
  }
}
