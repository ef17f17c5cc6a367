package dev.outcrop.knowledge.parsing;

import dev.outcrop.knowledge.parsing.ParsedDocument.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** PPTX: slides in their order, each with its title as heading, and the speaker's notes. */
final class SlideText {
  private final Blocks blocks;
  private final int slide;
  private final StringBuilder paragraph = new StringBuilder();
  private final StringBuilder shape = new StringBuilder();
  private String placeholder;
  private TableRows table;
  private List<String> cells = new ArrayList<>();

  private SlideText(Blocks blocks, int slide) {
    this.blocks = blocks;
    this.slide = slide;
  }

  static void read(Source source, Blocks blocks) throws IOException {
    try (OfficeZip zip = OfficeZip.open(source)) {
      int number = 0;
      for (String part : slides(zip)) {
        if (++number > source.limits().pages()) {
          throw Refusal.over("slides", source.limits().pages());
        }
        part(zip, part, new SlideText(blocks, number));
        String notes = OfficeZip.partOf(zip.relations(part), "notesSlide");
        if (zip.has(notes)) {
          part(zip, notes, new SlideText(blocks, number));
        }
      }
    }
  }

  private static List<String> slides(OfficeZip zip) throws IOException {
    String main = zip.mainPart();
    Map<String, OfficeZip.Relation> relations = zip.relations(main);
    List<String> parts = new ArrayList<>();
    try (XmlReader xml = zip.xml(main)) {
      while (xml.next()) {
        if (xml.start() && xml.name().equals("sldId")) {
          OfficeZip.Relation relation = relations.get(xml.attribute("relationships", "id"));
          if (relation != null) {
            parts.add(relation.part());
          }
        }
      }
    }
    return parts;
  }

  private static void part(OfficeZip zip, String part, SlideText text) throws IOException {
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
      case "Fallback" -> xml.skip();
      case "sp" -> placeholder = null;
      case "ph" -> {
        String type = xml.attribute("type");
        placeholder = type == null ? "body" : type;
      }
      case "t" -> paragraph.append(xml.content());
      case "br" -> paragraph.append('\n');
      case "tbl" -> table = new TableRows(blocks);
      default -> {}
    }
  }

  private void end(String name) {
    switch (name) {
      case "p" -> paragraph();
      case "tc" -> {
        cells.add(shape.toString());
        shape.setLength(0);
      }
      case "tr" -> {
        if (table != null) {
          table.row(cells, slide);
        }
        cells = new ArrayList<>();
      }
      case "tbl" -> {
        if (table != null) {
          table.end(slide);
        }
        table = null;
      }
      case "sp" -> {
        if (isTitle()) {
          blocks.heading(1, shape.toString(), slide);
        }
        shape.setLength(0);
        placeholder = null;
      }
      default -> {}
    }
  }

  private void paragraph() {
    String text = paragraph.toString();
    paragraph.setLength(0);
    if (table != null || isTitle()) {
      shape.append(text).append(' ');
    } else if (!isDecoration()) {
      blocks.add("body".equals(placeholder) ? Kind.LIST_ITEM : Kind.PARAGRAPH, text, slide);
    }
  }

  private boolean isTitle() {
    return "title".equals(placeholder) || "ctrTitle".equals(placeholder);
  }

  /** Slide number, date and footer say the same on every slide. */
  private boolean isDecoration() {
    return "sldNum".equals(placeholder) || "dt".equals(placeholder) || "ftr".equals(placeholder);
  }
}
