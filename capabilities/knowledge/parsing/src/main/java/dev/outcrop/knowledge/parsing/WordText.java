package dev.outcrop.knowledge.parsing;

import dev.outcrop.knowledge.parsing.ParsedDocument.Kind;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * DOCX. The document is streamed: an object model of it would take tens of times its size. Deleted
 * text, field codes and duplicates for old readers are passed over.
 */
final class WordText {

  private static final class Paragraph {
    final StringBuilder text = new StringBuilder();
    int level;
    boolean item;
  }

  private static final class Table {
    final TableRows rows;
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();

    Table(TableRows rows) {
      this.rows = rows;
    }
  }

  private final Blocks blocks;
  private final Map<String, Integer> levels;
  private final Deque<Paragraph> paragraphs = new ArrayDeque<>();
  private final Deque<Table> tables = new ArrayDeque<>();

  private WordText(Blocks blocks, Map<String, Integer> levels) {
    this.blocks = blocks;
    this.levels = levels;
  }

  static void read(Source source, Blocks blocks) throws IOException {
    try (OfficeZip zip = OfficeZip.open(source)) {
      String main = zip.mainPart();
      Map<String, OfficeZip.Relation> relations = zip.relations(main);
      Map<String, Integer> levels = WordStyles.levels(zip, OfficeZip.partOf(relations, "styles"));
      part(zip, main, new WordText(blocks, levels));
      for (String notes : List.of("footnotes", "endnotes")) {
        String part = OfficeZip.partOf(relations, notes);
        if (zip.has(part)) {
          part(zip, part, new WordText(blocks, levels));
        }
      }
    }
  }

  private static void part(OfficeZip zip, String part, WordText text) throws IOException {
    try (XmlReader xml = zip.xml(part)) {
      while (xml.next()) {
        if (xml.start()) {
          text.start(xml);
        } else if (xml.end()) {
          text.end(xml.name());
        }
      }
    }
  }

  private void start(XmlReader xml) throws IOException {
    switch (xml.name()) {
      case "Fallback", "tabs", "pPrChange", "rPrChange", "sectPr", "moveFrom" -> xml.skip();
      case "p" -> paragraphs.push(new Paragraph());
      case "pStyle" -> style(xml.attribute("val"));
      case "outlineLvl" -> level(xml.attribute("val"));
      case "numPr" -> paragraph().item = true;
      case "t" -> paragraph().text.append(xml.content());
      case "tab" -> paragraph().text.append('\t');
      case "br", "cr" -> paragraph().text.append('\n');
      case "noBreakHyphen" -> paragraph().text.append('-');
      case "tbl" -> tables.push(new Table(new TableRows(blocks)));
      default -> {}
    }
  }

  private void end(String name) {
    switch (name) {
      case "p" -> finish(paragraphs.poll());
      case "tc" -> {
        if (!tables.isEmpty()) {
          tables.peek().cells.add(tables.peek().cell.toString());
          tables.peek().cell = new StringBuilder();
        }
      }
      case "tr" -> row();
      case "tbl" -> {
        if (!tables.isEmpty()) {
          tables.pop().rows.end(0);
        }
      }
      default -> {}
    }
  }

  /** A table inside a cell is part of that cell. */
  private void row() {
    if (tables.isEmpty()) {
      return;
    }
    Table table = tables.peek();
    if (tables.size() == 1) {
      table.rows.row(table.cells, 0);
    } else {
      outer(table).append(String.join(" ", table.cells)).append(' ');
    }
    table.cells = new ArrayList<>();
  }

  private StringBuilder outer(Table inner) {
    return tables.stream().filter(table -> table != inner).findFirst().orElseThrow().cell;
  }

  private void finish(Paragraph paragraph) {
    if (paragraph == null) {
      return;
    }
    String text = paragraph.text.toString();
    if (!tables.isEmpty()) {
      tables.peek().cell.append(text).append(' ');
    } else if (paragraph.level > 0) {
      blocks.heading(paragraph.level, text, 0);
    } else {
      blocks.add(paragraph.item ? Kind.LIST_ITEM : Kind.PARAGRAPH, text, 0);
    }
  }

  private Paragraph paragraph() {
    if (paragraphs.isEmpty()) {
      paragraphs.push(new Paragraph());
    }
    return paragraphs.peek();
  }

  private void style(String id) {
    paragraph().level = levels.getOrDefault(String.valueOf(id), 0);
    if (String.valueOf(id).startsWith("List")) {
      paragraph().item = true;
    }
  }

  private void level(String value) {
    paragraph().level = WordStyles.outline(value);
  }
}
