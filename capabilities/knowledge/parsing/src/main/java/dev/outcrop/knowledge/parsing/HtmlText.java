package dev.outcrop.knowledge.parsing;

import dev.outcrop.knowledge.parsing.ParsedDocument.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;

/** HTML: headings, paragraphs, lists, tables and preformatted text, without scripts and menus. */
final class HtmlText implements NodeFilter {
  private static final Set<String> SKIPPED =
      Set.of("script", "style", "template", "noscript", "nav", "svg", "select", "iframe", "object");
  private static final Set<String> TABLE_PARTS = Set.of("tr", "thead", "tbody", "tfoot");

  private final Blocks blocks;
  private final ParsingLimits limits;
  private final StringBuilder inline = new StringBuilder();
  private Kind kind = Kind.PARAGRAPH;

  private HtmlText(Blocks blocks, ParsingLimits limits) {
    this.blocks = blocks;
    this.limits = limits;
  }

  static void read(Source source, Blocks blocks) throws IOException {
    source.requireTreeSize();
    Document document;
    try (InputStream in = source.open()) {
      document = Jsoup.parse(in, charset(source), "");
    }
    HtmlText html = new HtmlText(blocks, source.limits());
    if (document.selectFirst("h1") == null) {
      blocks.heading(1, document.title(), 0);
    }
    document.body().filter(html);
    html.flush();
  }

  /** Null lets the page say it itself. */
  private static String charset(Source source) throws IOException {
    String sure = TextEncoding.of(source).name();
    if (sure.startsWith("UTF-")) {
      return sure;
    }
    try (InputStream in = source.open()) {
      boolean declared =
          Detection.latin1(in.readNBytes(4096))
              .toLowerCase(java.util.Locale.ROOT)
              .contains("charset");
      return declared ? null : sure;
    }
  }

  @Override
  public FilterResult head(Node node, int depth) {
    if (depth > limits.depth()) {
      throw new Refusal("the document is nested more than " + limits.depth() + " levels deep");
    }
    if (node instanceof TextNode text) {
      inline.append(text.getWholeText().replaceAll("[ \\t\\r\\n\\f]+", " "));
      return FilterResult.CONTINUE;
    }
    return node instanceof Element element ? element(element) : FilterResult.CONTINUE;
  }

  private FilterResult element(Element element) {
    String name = element.normalName();
    if (SKIPPED.contains(name) || element.hasAttr("hidden")) {
      return FilterResult.SKIP_ENTIRELY;
    }
    if (name.equals("br")) {
      inline.append('\n');
    } else if (name.length() == 2 && name.charAt(0) == 'h' && Character.isDigit(name.charAt(1))) {
      flush();
      blocks.heading(name.charAt(1) - '0', element.text(), 0);
      return FilterResult.SKIP_ENTIRELY;
    } else if (name.equals("pre")) {
      flush();
      blocks.add(Kind.CODE, element.wholeText(), 0);
      return FilterResult.SKIP_ENTIRELY;
    } else if (name.equals("table")) {
      flush();
      if (isData(element)) {
        table(element);
        return FilterResult.SKIP_ENTIRELY;
      }
    } else if (element.isBlock()) {
      flush();
      kind = name.equals("li") || name.equals("dd") ? Kind.LIST_ITEM : kind;
    }
    return FilterResult.CONTINUE;
  }

  @Override
  public FilterResult tail(Node node, int depth) {
    if (node instanceof Element element) {
      String name = element.normalName();
      if (name.equals("td") || name.equals("th")) {
        inline.append('\t');
      } else if (element.isBlock()) {
        flush();
      }
    }
    return FilterResult.CONTINUE;
  }

  /** Tables around tables, headings or lists are there for the layout. */
  private static boolean isData(Element table) {
    return table.selectFirst("table table, table h1, table h2, table h3, table ul, table ol")
        == null;
  }

  private void table(Element table) {
    TableRows rows = new TableRows(blocks);
    for (Element row : table.select("tr")) {
      rows.row(row.children().stream().map(Element::text).toList(), 0);
    }
    rows.end(0);
    for (Element child : table.children()) {
      if (!TABLE_PARTS.contains(child.normalName())) {
        blocks.add(Kind.PARAGRAPH, child.text(), 0);
      }
    }
  }

  private void flush() {
    blocks.add(kind, inline.toString(), 0);
    inline.setLength(0);
    kind = Kind.PARAGRAPH;
  }
}
