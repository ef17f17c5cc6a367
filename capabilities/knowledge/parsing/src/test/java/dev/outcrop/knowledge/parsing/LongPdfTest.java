package dev.outcrop.knowledge.parsing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A PDF of ten thousand pages is read in little memory, and one of too many is refused. */
class LongPdfTest {
  private static final int PAGES = 10_000;

  /** Run in a JVM of its own with a small heap. */
  public static final class Child {
    public static void main(String[] args) throws Exception {
      ParsedDocument document = new StructuredParser().parse(Path.of(args[0]), "long.pdf");
      System.out.println(
          document.blocks().getLast().page() + " " + document.blocks().getLast().text());
      System.exit(0);
    }
  }

  @Test
  void tenThousandPages(@TempDir Path folder) throws Exception {
    Path pdf = write(folder.resolve("long.pdf"));
    Path out = folder.resolve("out");
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                pdf.toString())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    assertThat(child.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(Files.readString(out)).contains(PAGES + " Words of line 9 on page " + (PAGES - 1));
  }

  @Test
  void tooManyPagesAreRefused(@TempDir Path folder) throws Exception {
    Path pdf = write(folder.resolve("long.pdf"));
    ParsingLimits d = ParsingLimits.DEFAULT;
    ParsingLimits few =
        new ParsingLimits(
            d.bytes(),
            d.treeBytes(),
            100,
            d.expansion(),
            d.unpackedBytes(),
            d.textLength(),
            d.blocks(),
            d.depth(),
            d.attachments(),
            d.time());
    assertThat(Parsing.reason(Files.readAllBytes(pdf), "long.pdf", few)).contains("100 pages");
  }

  private static Path write(Path file) throws Exception {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      StringBuilder kids = new StringBuilder();
      for (int i = 0; i < PAGES; i++) {
        kids.append(10 + 2 * i).append(" 0 R ");
      }
      print(out, "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n");
      print(out, "2 0 obj<</Type/Pages/Count " + PAGES + "/Kids[" + kids + "]>>endobj\n");
      print(out, "3 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n");
      for (int i = 0; i < PAGES; i++) {
        page(out, i);
      }
      print(out, "trailer<</Root 1 0 R/Size " + (10 + 2 * PAGES) + ">>\nstartxref\n0\n%%EOF");
    }
    return file;
  }

  private static void page(OutputStream out, int page) throws Exception {
    StringBuilder content = new StringBuilder("BT /F 11 Tf 14 TL 72 700 Td\n");
    for (int line = 0; line < 10; line++) {
      content.append("(Words of line " + line + " on page " + page + ") Tj 0 -30 Td\n");
    }
    content.append("ET");
    print(
        out,
        (10 + 2 * page)
            + " 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents "
            + (11 + 2 * page)
            + " 0 R/Resources<</Font<</F 3 0 R>>>>>>endobj\n");
    print(
        out,
        (11 + 2 * page)
            + " 0 obj<</Length "
            + content.length()
            + ">>stream\n"
            + content
            + "\nendstream endobj\n");
  }

  private static void print(OutputStream out, String text) throws Exception {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
