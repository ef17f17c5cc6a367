package dev.outcrop.knowledge.parsing;

import dev.outcrop.knowledge.parsing.ParsedDocument.Kind;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import org.commonmark.ext.front.matter.YamlFrontMatterBlock;
import org.commonmark.ext.front.matter.YamlFrontMatterExtension;
import org.commonmark.ext.front.matter.YamlFrontMatterNode;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.parser.Parser;
import org.jsoup.Jsoup;

/** CommonMark with tables and front matter. */
final class MarkdownText {
  private static final Parser PARSER =
      Parser.builder()
          .extensions(List.of(TablesExtension.create(), YamlFrontMatterExtension.create()))
          .maxOpenBlockParsers(200)
          .build();

  private final Blocks blocks;

  private MarkdownText(Blocks blocks) {
    this.blocks = blocks;
  }

  static void read(Source source, Blocks blocks) throws IOException {
    source.requireTreeSize();
    try (Reader reader = TextEncoding.open(source)) {
      new MarkdownText(blocks).walk(PARSER.parseReader(reader));
    }
  }

  /** Without recursion: nesting is the document's choice, the stack is ours. */
  private void walk(Node root) {
    for (Node node = root; node != null; ) {
      node = block(node) ? next(node, root) : following(node, root);
    }
  }

  /** Handles a node; true when its children are still to be seen. */
  private boolean block(Node node) {
    switch (node) {
      case Heading heading -> blocks.heading(heading.getLevel(), text(node), 0);
      case Paragraph paragraph -> blocks.add(kind(paragraph), text(node), 0);
      case FencedCodeBlock code -> blocks.add(Kind.CODE, code.getLiteral(), 0);
      case IndentedCodeBlock code -> blocks.add(Kind.CODE, code.getLiteral(), 0);
      case HtmlBlock html -> blocks.add(Kind.PARAGRAPH, Jsoup.parse(html.getLiteral()).text(), 0);
      case TableBlock table -> table(table);
      case YamlFrontMatterBlock matter -> frontMatter(matter);
      default -> {
        return true;
      }
    }
    return false;
  }

  private static Kind kind(Paragraph paragraph) {
    boolean item = paragraph.getParent() instanceof ListItem && paragraph.getPrevious() == null;
    return item ? Kind.LIST_ITEM : Kind.PARAGRAPH;
  }

  private void table(TableBlock table) {
    TableRows rows = new TableRows(blocks);
    for (Node node = table; node != null; node = next(node, table)) {
      if (node instanceof TableRow) {
        List<String> cells = new ArrayList<>();
        for (Node cell = node.getFirstChild(); cell != null; cell = cell.getNext()) {
          if (cell instanceof TableCell) {
            cells.add(text(cell));
          }
        }
        rows.row(cells, 0);
      }
    }
    rows.end(0);
  }

  private void frontMatter(Node matter) {
    StringBuilder lines = new StringBuilder();
    for (Node node = matter.getFirstChild(); node != null; node = node.getNext()) {
      if (node instanceof YamlFrontMatterNode entry) {
        lines.append(entry.getKey()).append(": ");
        lines.append(String.join(", ", entry.getValues())).append('\n');
      }
    }
    blocks.add(Kind.PARAGRAPH, lines.toString(), 0);
  }

  private static String text(Node block) {
    StringBuilder text = new StringBuilder();
    for (Node node = block; node != null; node = next(node, block)) {
      switch (node) {
        case org.commonmark.node.Text literal -> text.append(literal.getLiteral());
        case Code code -> text.append(code.getLiteral());
        case SoftLineBreak line -> text.append(' ');
        case HardLineBreak line -> text.append('\n');
        default -> {}
      }
    }
    return text.toString();
  }

  private static Node next(Node node, Node root) {
    return node.getFirstChild() != null ? node.getFirstChild() : following(node, root);
  }

  private static Node following(Node node, Node root) {
    for (Node at = node; at != null && at != root; at = at.getParent()) {
      if (at.getNext() != null) {
        return at.getNext();
      }
    }
    return null;
  }
}
