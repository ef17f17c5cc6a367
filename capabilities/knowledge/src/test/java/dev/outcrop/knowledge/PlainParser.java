package dev.outcrop.knowledge;

import dev.outcrop.knowledge.parsing.DocumentParser;
import dev.outcrop.knowledge.parsing.ParsedDocument;
import dev.outcrop.knowledge.parsing.ParsedDocument.Block;
import dev.outcrop.knowledge.parsing.ParsedDocument.Kind;
import dev.outcrop.knowledge.parsing.UnreadableDocumentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Reads text: paragraphs between empty lines, headings after number signs, pages at form feeds. */
final class PlainParser implements DocumentParser {
  /** How many documents were read. */
  final AtomicInteger documents = new AtomicInteger();

  @Override
  public ParsedDocument parse(Path file, String name) throws UnreadableDocumentException {
    documents.incrementAndGet();
    try {
      String text = Files.readString(file);
      if (text.startsWith("%BROKEN")) {
        throw new UnreadableDocumentException("The file is broken.");
      }
      return new ParsedDocument("text/plain", blocks(text));
    } catch (IOException e) {
      throw new UnreadableDocumentException("not UTF-8", e);
    }
  }

  private static List<Block> blocks(String text) {
    List<Block> blocks = new ArrayList<>();
    List<String> headings = List.of();
    int page = text.indexOf('\f') < 0 ? 0 : 1;
    for (String part : text.split("\n\n|(?=\f)")) {
      page += part.startsWith("\f") ? 1 : 0;
      String content = part.strip();
      if (content.startsWith("# ")) {
        headings = List.of(content.substring(2));
        blocks.add(new Block(Kind.HEADING, content.substring(2), page, List.of()));
      } else if (!content.isEmpty()) {
        blocks.add(new Block(Kind.PARAGRAPH, content, page, headings));
      }
    }
    return blocks;
  }
}
