package dev.outcrop.knowledge.parsing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** XLSX: sheet by sheet and row by row, with the cells as they are shown. */
final class SheetText {
  private static final int MOST_COLUMNS = 16_384;

  private final Blocks blocks;
  private final Source source;
  private final SheetStrings strings;
  private final SheetFormats formats;

  private SheetText(Blocks blocks, Source source, SheetStrings strings, SheetFormats formats) {
    this.blocks = blocks;
    this.source = source;
    this.strings = strings;
    this.formats = formats;
  }

  private record Sheet(String name, String part) {}

  static void read(Source source, Blocks blocks) throws IOException {
    try (OfficeZip zip = OfficeZip.open(source)) {
      String main = zip.mainPart();
      Map<String, OfficeZip.Relation> relations = zip.relations(main);
      SheetFormats formats = new SheetFormats();
      List<Sheet> sheets = workbook(zip, main, relations, formats);
      formats.read(zip, OfficeZip.partOf(relations, "styles"));
      SheetStrings strings =
          SheetStrings.read(zip, OfficeZip.partOf(relations, "sharedStrings"), source.limits());
      SheetText text = new SheetText(blocks, source, strings, formats);
      int number = 0;
      for (Sheet sheet : sheets) {
        if (++number > source.limits().pages()) {
          throw Refusal.over("sheets", source.limits().pages());
        }
        try (XmlReader xml = zip.xml(sheet.part())) {
          text.sheet(xml, sheet.name(), number);
        }
      }
    }
  }

  private static List<Sheet> workbook(
      OfficeZip zip, String main, Map<String, OfficeZip.Relation> relations, SheetFormats formats)
      throws IOException {
    List<Sheet> sheets = new ArrayList<>();
    try (XmlReader xml = zip.xml(main)) {
      while (xml.next()) {
        if (xml.start() && xml.name().equals("sheet")) {
          OfficeZip.Relation relation = relations.get(xml.attribute("relationships", "id"));
          if (relation != null && relation.type().equals("worksheet")) {
            sheets.add(new Sheet(String.valueOf(xml.attribute("name")), relation.part()));
          }
        } else if (xml.start() && xml.name().equals("workbookPr")) {
          String from1904 = xml.attribute("date1904");
          formats.from1904("1".equals(from1904) || "true".equals(from1904));
        }
      }
    }
    return sheets;
  }

  private void sheet(XmlReader xml, String name, int number) throws IOException {
    TableRows rows = new TableRows(blocks);
    int before = blocks.size();
    List<String> cells = new ArrayList<>();
    while (xml.next()) {
      if (xml.start() && xml.name().equals("c")) {
        cell(xml, cells);
      } else if (xml.end() && xml.name().equals("row")) {
        if (blocks.size() == before && cells.stream().anyMatch(cell -> !cell.isBlank())) {
          blocks.heading(1, name, number);
        }
        rows.row(cells, number);
        cells.clear();
        source.deadline().check();
      }
    }
    rows.end(number);
  }

  private void cell(XmlReader xml, List<String> cells) throws IOException {
    int column = column(xml.attribute("r"), cells.size());
    String type = String.valueOf(xml.attribute("t"));
    String style = xml.attribute("s");
    StringBuilder value = new StringBuilder();
    while (xml.next() && !(xml.end() && xml.name().equals("c"))) {
      if (xml.start()) {
        switch (xml.name()) {
          case "v", "t" -> value.append(xml.content());
          case "f", "rPh" -> xml.skip();
          default -> {}
        }
      }
    }
    while (cells.size() <= column) {
      cells.add("");
    }
    cells.set(column, shown(value.toString(), type, style));
  }

  private String shown(String value, String type, String style) {
    return switch (type) {
      case "s" -> strings.get(value);
      case "b" -> value.equals("1") ? "TRUE" : "FALSE";
      case "null", "n" -> formats.number(value, style);
      default -> value;
    };
  }

  /** The column of a reference such as {@code AB12}, from 0. */
  private static int column(String reference, int next) {
    int column = 0;
    for (int i = 0; reference != null && i < reference.length() && i < 4; i++) {
      char c = reference.charAt(i);
      if (c < 'A' || c > 'Z') {
        break;
      }
      column = column * 26 + (c - 'A' + 1);
    }
    int at = column == 0 ? next : column - 1;
    if (at >= MOST_COLUMNS) {
      throw Refusal.over("columns", MOST_COLUMNS);
    }
    return at;
  }
}
