package dev.outcrop.knowledge.parsing;

import dev.outcrop.knowledge.parsing.ParsedDocument.Kind;
import java.io.IOException;

/** XML of unknown meaning: the text between two tags is a paragraph. */
final class XmlText {
  private XmlText() {}

  static void read(Source source, Blocks blocks) throws IOException {
    StringBuilder text = new StringBuilder();
    try (XmlReader xml = new XmlReader(source.open(), source.limits())) {
      while (xml.next()) {
        source.deadline().check();
        if (xml.start() || xml.end() || text.length() > 100_000) {
          blocks.add(Kind.PARAGRAPH, text.toString(), 0);
          text.setLength(0);
        }
        if (!xml.start() && !xml.end()) {
          text.append(xml.text());
        }
      }
    }
  }
}
