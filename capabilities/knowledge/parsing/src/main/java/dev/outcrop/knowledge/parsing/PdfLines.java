package dev.outcrop.knowledge.parsing;

import dev.outcrop.knowledge.parsing.ParsedDocument.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.pdfbox.text.TextPosition;

/**
 * Makes paragraphs and headings of the lines of a PDF. A PDF does not say what a heading is, but it
 * looks like one: a short paragraph in larger type than most of the text, or all bold. The larger
 * the type, the higher the heading.
 *
 * <p>What most of the text looks like is counted over the pages seen so far, at least the first
 * {@link #PAGES_AHEAD}, so that long documents need no second pass.
 */
final class PdfLines {
  private static final int PAGES_AHEAD = 20;
  private static final int LONGEST_HEADING = 200;
  private static final double LARGER = 1.12;
  private static final Pattern ITEM =
      Pattern.compile("\\A(?:[•◦▪‣·–*]|-|\\d{1,3}[.)]|[a-z]\\))\\s+\\S.*", Pattern.DOTALL);

  private static final Pattern PAGE_NUMBER =
      Pattern.compile("(?i)[-–\\s]*(?:page\\s*)?\\d{1,4}(?:\\s*(?:of|/)\\s*\\d{1,4})?[-–\\s]*");

  private record Line(String text, float size, boolean bold, int page) {}

  private final Blocks blocks;
  private final Deque<List<Line>> waiting = new ArrayDeque<>();
  private final Deque<List<Line>> onPage = new ArrayDeque<>();
  private String lastHeader = "";
  private String lastFooter = "";
  private final TreeMap<Float, Long> sizes = new TreeMap<>();
  private final StringBuilder line = new StringBuilder();
  private List<Line> paragraph = new ArrayList<>();
  private float lineSize;
  private int letters;
  private int boldLetters;
  private int page;
  private int pages;

  PdfLines(Blocks blocks) {
    this.blocks = blocks;
  }

  void add(String text, List<TextPosition> positions, int onPage) {
    line.append(text);
    page = onPage;
    for (TextPosition position : positions) {
      if (!position.getUnicode().isBlank()) {
        float size = Math.round(position.getFontSizeInPt() * 2) / 2f;
        lineSize = Math.max(lineSize, size);
        letters++;
        boldLetters += isBold(position) ? 1 : 0;
        sizes.merge(size, 1L, Long::sum);
      }
    }
  }

  private static boolean isBold(TextPosition position) {
    String name = position.getFont() == null ? null : position.getFont().getName();
    return name != null
        && (name.contains("Bold") || name.contains("bold") || name.contains("Black"));
  }

  void endLine() {
    if (letters > 0) {
      Line ended = new Line(line.toString(), lineSize, boldLetters == letters, page);
      if (!paragraph.isEmpty() && !sameLook(paragraph.getLast(), ended)) {
        endParagraphOnly();
      }
      paragraph.add(ended);
    }
    line.setLength(0);
    lineSize = 0;
    letters = 0;
    boldLetters = 0;
  }

  private static boolean sameLook(Line a, Line b) {
    return a.bold() == b.bold()
        && Math.abs(a.size() - b.size()) < Math.min(a.size(), b.size()) * 0.1;
  }

  void endParagraph() {
    endLine();
    endParagraphOnly();
  }

  private void endParagraphOnly() {
    if (!paragraph.isEmpty()) {
      onPage.add(paragraph);
      paragraph = new ArrayList<>();
    }
  }

  void endPage() {
    endParagraph();
    String header = onPage.isEmpty() ? "" : join(onPage.peekFirst());
    String footer = onPage.size() < 2 ? "" : join(onPage.peekLast());
    if (isFurniture(header, lastHeader)) {
      onPage.removeFirst();
    }
    if (isFurniture(footer, lastFooter)) {
      onPage.removeLast();
    }
    lastHeader = header;
    lastFooter = footer;
    waiting.addAll(onPage);
    onPage.clear();
    if (++pages >= PAGES_AHEAD) {
      write();
    }
  }

  /** The page's number, or what stood in the same place on the page before. */
  private static boolean isFurniture(String text, String before) {
    boolean repeated = !text.isEmpty() && text.length() <= 100 && text.equals(before);
    return repeated || (!before.isEmpty() && PAGE_NUMBER.matcher(text).matches());
  }

  void end() {
    write();
  }

  private void write() {
    float body = bodySize();
    for (List<Line> lines; (lines = waiting.poll()) != null; ) {
      Line first = lines.getFirst();
      String text = join(lines);
      boolean larger = first.size() > body * LARGER;
      boolean heading =
          text.length() <= LONGEST_HEADING
              && lines.size() <= 3
              && text.codePoints().anyMatch(Character::isLetter)
              && (larger || (first.bold() && !text.matches("(?s).*[.,;:]\\s*")));
      if (heading) {
        blocks.heading(-first.size() - (first.bold() ? 0.1 : 0), text, first.page());
      } else {
        boolean item = ITEM.matcher(text).matches();
        blocks.add(item ? Kind.LIST_ITEM : Kind.PARAGRAPH, text, first.page());
      }
    }
  }

  private float bodySize() {
    float body = 0;
    long most = 0;
    for (var entry : sizes.entrySet()) {
      if (entry.getValue() > most) {
        most = entry.getValue();
        body = entry.getKey();
      }
    }
    return body;
  }

  /** Lines of a paragraph run on; a word divided at the end of one is put together again. */
  private static String join(List<Line> lines) {
    StringBuilder text = new StringBuilder();
    for (Line line : lines) {
      String next = line.text().strip();
      int last = text.length() - 1;
      boolean divided =
          last > 0
              && text.charAt(last) == '-'
              && Character.isLetter(text.charAt(last - 1))
              && !next.isEmpty()
              && Character.isLowerCase(next.charAt(0));
      if (divided) {
        text.setLength(last);
      } else if (!text.isEmpty()) {
        text.append(' ');
      }
      text.append(next);
    }
    return text.toString();
  }
}
