package dev.outcrop.knowledge.parsing;

import dev.outcrop.knowledge.parsing.ParsedDocument.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Writes table rows as text that can be understood on its own: {@code Name: Ada; Born: 1815}. The
 * first row gives the names if it looks like a header; otherwise cells are separated by bars.
 */
final class TableRows {
  private static final Pattern NUMBER = Pattern.compile("[-+(]?[\\p{Sc}]?[\\d.,:/ -]*\\d[)%]?");

  private final Blocks blocks;
  private List<String> header;
  private boolean headerShown = true;
  private boolean first = true;

  TableRows(Blocks blocks) {
    this.blocks = blocks;
  }

  void row(List<String> raw, int page) {
    List<String> cells = raw.stream().map(Text::oneLine).toList();
    long filled = cells.stream().filter(cell -> !cell.isEmpty()).count();
    if (filled == 0) {
      return;
    }
    if (first && filled > 1) {
      first = false;
      if (isHeader(cells)) {
        header = cells;
        headerShown = false;
        return;
      }
    }
    headerShown = true;
    blocks.add(Kind.TABLE_ROW, header == null || filled == 1 ? bars(cells) : named(cells), page);
  }

  /** Ends the table; one that is nothing but a header still says what it says. */
  void end(int page) {
    if (!headerShown) {
      blocks.add(Kind.TABLE_ROW, bars(header), page);
    }
    header = null;
    headerShown = true;
    first = true;
  }

  static boolean isHeader(List<String> cells) {
    Set<String> names = new HashSet<>();
    for (String cell : cells) {
      boolean name = cell.isEmpty() || (cell.length() <= 100 && !NUMBER.matcher(cell).matches());
      if (!name || (!cell.isEmpty() && !names.add(cell))) {
        return false;
      }
    }
    return names.size() > 1 && names.size() * 2 > cells.size();
  }

  private String named(List<String> cells) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      if (!cells.get(i).isEmpty()) {
        String name = i < header.size() ? header.get(i) : "";
        parts.add(name.isEmpty() ? cells.get(i) : name + ": " + cells.get(i));
      }
    }
    return String.join("; ", parts);
  }

  private static String bars(List<String> cells) {
    return String.join(" | ", cells.stream().filter(cell -> !cell.isEmpty()).toList());
  }
}
