package dev.outcrop.knowledge.parsing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The texts that the cells of an XLSX share, without phonetic readings. */
final class SheetStrings {
  private final List<String> strings = new ArrayList<>();

  static SheetStrings read(OfficeZip zip, String part, ParsingLimits limits) throws IOException {
    SheetStrings shared = new SheetStrings();
    if (!zip.has(part)) {
      return shared;
    }
    long length = 0;
    StringBuilder item = new StringBuilder();
    try (XmlReader xml = zip.xml(part)) {
      while (xml.next()) {
        if (xml.start() && xml.name().equals("t")) {
          item.append(xml.content());
        } else if (xml.start() && xml.name().equals("rPh")) {
          xml.skip();
        } else if (xml.end() && xml.name().equals("si")) {
          shared.strings.add(item.toString());
          length += item.length();
          item.setLength(0);
          if (length > limits.textLength() || shared.strings.size() > limits.blocks() * 4L) {
            throw Refusal.over("characters of text", limits.textLength());
          }
        }
      }
    }
    return shared;
  }

  String get(String index) {
    try {
      return strings.get(Integer.parseInt(index.strip()));
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw new Refusal("the document is broken: a cell refers to text that is not there", e);
    }
  }
}
