package dev.outcrop.knowledge.parsing;

import static dev.outcrop.knowledge.parsing.Documents.text;
import static dev.outcrop.knowledge.parsing.Parsing.lines;
import static dev.outcrop.knowledge.parsing.Parsing.parse;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FormatsTest {

  @Test
  void textHasParagraphsAndItems() throws Exception {
    var document = parse(text("One line\r\nand another.\r\n\r\n- an item\n- two\n\nLast"), "a.txt");
    assertThat(document.mediaType()).isEqualTo("text/plain");
    assertThat(lines(document))
        .containsExactly(
            "PARAGRAPH 0 [] One line\nand another.",
            "LIST_ITEM 0 [] an item",
            "LIST_ITEM 0 [] two",
            "PARAGRAPH 0 [] Last");
  }

  @Test
  void lineBreaksMayFallBetweenBuffers() throws Exception {
    for (int length = 8185; length < 8195; length++) {
      String first = "x".repeat(length);
      assertThat(lines(parse(text(first + "\r\nsecond"), "a.txt")))
          .containsExactly("PARAGRAPH 0 [] " + first + "\nsecond");
    }
  }

  @Test
  void sourceCodeKeepsItsIndentation() throws Exception {
    assertThat(lines(parse(text("def f():\n    return 1\n\nprint(f())\n"), "a.py")))
        .containsExactly("CODE 0 [] def f():\n    return 1", "CODE 0 [] print(f())");
  }

  @Test
  void markdownNestsHeadings() throws Exception {
    String markdown =
        """
        ---
        title: Rocks
        ---
        # Top
        Some *strong* `code` [link](http://x).
        ## Sub
        - one
          more

        - two

        ```
          code();
        ```

        | Name | Hard |
        |---|---|
        | Talc | 1 |
        | Ruby | 9 |

        # Next
        <p>raw html</p>
        """;
    assertThat(lines(parse(text(markdown), "a.md")))
        .containsExactly(
            "PARAGRAPH 0 [] title: Rocks",
            "HEADING 0 [] Top",
            "PARAGRAPH 0 [Top] Some strong code link.",
            "HEADING 0 [Top] Sub",
            "LIST_ITEM 0 [Top, Sub] one more",
            "LIST_ITEM 0 [Top, Sub] two",
            "CODE 0 [Top, Sub]   code();",
            "TABLE_ROW 0 [Top, Sub] Name: Talc; Hard: 1",
            "TABLE_ROW 0 [Top, Sub] Name: Ruby; Hard: 9",
            "HEADING 0 [] Next",
            "PARAGRAPH 0 [Next] raw html");
  }

  @Test
  void htmlLeavesScriptsAndMenusOut() throws Exception {
    String html =
        """
        <!DOCTYPE html><html><head><title>Page</title><style>p{}</style></head><body>
        <nav><a>Home</a></nav><script>alert(1)</script>
        <h2>Rocks</h2><p>Hard  <b>stuff</b>.<br>Really.</p>
        <ul><li>one<li>two <p>inner</p></ul>
        <pre>x  = 1</pre>
        <table><caption>Cap</caption><tr><th>A<th>B</tr><tr><td>1<td>2</tr></table>
        loose &amp; text</body></html>
        """;
    assertThat(lines(parse(text(html), "wrong.txt")))
        .containsExactly(
            "HEADING 0 [] Page",
            "HEADING 0 [Page] Rocks",
            "PARAGRAPH 0 [Page, Rocks] Hard stuff.\nReally.",
            "LIST_ITEM 0 [Page, Rocks] one",
            "LIST_ITEM 0 [Page, Rocks] two",
            "PARAGRAPH 0 [Page, Rocks] inner",
            "CODE 0 [Page, Rocks] x  = 1",
            "TABLE_ROW 0 [Page, Rocks] A: 1; B: 2",
            "PARAGRAPH 0 [Page, Rocks] Cap",
            "PARAGRAPH 0 [Page, Rocks] loose & text");
  }

  @Test
  void csvNamesItsCells() throws Exception {
    String csv = "Name;Born;City\nAda;1815;\"London; UK\"\nAlan;1912;\n";
    assertThat(lines(parse(text(csv), "a.csv")))
        .containsExactly(
            "TABLE_ROW 0 [] Name: Ada; Born: 1815; City: London; UK",
            "TABLE_ROW 0 [] Name: Alan; Born: 1912");
    assertThat(lines(parse(text("1,2\n3,4\n"), "a.csv")))
        .containsExactly("TABLE_ROW 0 [] 1 | 2", "TABLE_ROW 0 [] 3 | 4");
    assertThat(lines(parse(text("Name,City\n"), "a.csv")))
        .containsExactly("TABLE_ROW 0 [] Name | City");
  }

  @Test
  void xmlGivesItsText() throws Exception {
    String xml = "<?xml version='1.0'?><!-- c --><a><b>One &amp; two</b><c x='y'>three</c></a>";
    assertThat(lines(parse(text(xml), "a.xml")))
        .containsExactly("PARAGRAPH 0 [] One & two", "PARAGRAPH 0 [] three");
  }

  @Test
  void emailCarriesItsAttachments() throws Exception {
    var document = parse(Documents.eml(), "mail.eml");
    assertThat(document.mediaType()).isEqualTo("message/rfc822");
    assertThat(lines(document))
        .containsExactly(
            "HEADING 0 [] Stones über all",
            "PARAGRAPH 0 [Stones über all] From: Ada <ada@example.com>\n"
                + "To: Bob <bob@example.com>\nDate: Mon, 4 Mar 2024 10:00:00 +0000",
            "PARAGRAPH 0 [Stones über all] The café has stones.",
            "HEADING 0 [Stones über all] Attachment: ../../t.csv",
            "TABLE_ROW 0 [Stones über all, Attachment: ../../t.csv] Rock: Basalt; Colour: black",
            "PARAGRAPH 0 [Stones über all] Attachment photo.png was not read: unsupported format:"
                + " a PNG image");
  }

  @Test
  void pdfFindsHeadingsAndPages() throws Exception {
    var document = parse(Documents.samplePdf(), "notes.txt");
    assertThat(document.mediaType()).isEqualTo("application/pdf");
    assertThat(lines(document))
        .containsExactly(
            "HEADING 1 [] Geology of outcrops",
            "HEADING 1 [Geology of outcrops] Rocks",
            "PARAGRAPH 1 [Geology of outcrops, Rocks] Granite is a coarse-grained intrusive igneous"
                + " rock that is composed mostly of quartz and feldspar.",
            "HEADING 2 [Geology of outcrops] Soils",
            "PARAGRAPH 2 [Geology of outcrops, Soils] Loam is made of sand, silt and a little clay,"
                + " in words that fill more than one line of the page.");
  }

  @Test
  void pdfLeavesRunningHeadsAndPageNumbersOut() throws Exception {
    List<List<Documents.Line>> pages = new ArrayList<>();
    for (int page = 1; page <= 3; page++) {
      pages.add(
          List.of(
              Documents.Line.body("Annual report"),
              Documents.Line.body(""),
              Documents.Line.body(""),
              Documents.Line.body("What page " + page + " says."),
              Documents.Line.body(""),
              Documents.Line.body(""),
              Documents.Line.body(String.valueOf(page))));
    }
    assertThat(lines(parse(Documents.pdf(pages), "a.pdf")))
        .containsExactly(
            "PARAGRAPH 1 [] Annual report",
            "PARAGRAPH 1 [] What page 1 says.",
            "PARAGRAPH 1 [] 1",
            "PARAGRAPH 2 [] What page 2 says.",
            "PARAGRAPH 3 [] What page 3 says.");
  }

  @Test
  void docxKeepsStructure() throws Exception {
    assertThat(lines(parse(Documents.docx(), "a.docx")))
        .containsExactly(
            "HEADING 0 [] Handbook",
            "PARAGRAPH 0 [Handbook] Granite is hard.",
            "HEADING 0 [Handbook] Mining",
            "LIST_ITEM 0 [Handbook, Mining] First step",
            "TABLE_ROW 0 [Handbook, Mining] Rock: Basalt; Colour: black",
            "PARAGRAPH 0 [Handbook, Mining] The end.");
  }

  @Test
  void pptxKeepsSlides() throws Exception {
    assertThat(lines(parse(Documents.pptx(), "a.pptx")))
        .containsExactly(
            "HEADING 1 [] Plans",
            "LIST_ITEM 1 [Plans] Point about plans",
            "HEADING 2 [] Results",
            "LIST_ITEM 2 [Results] Point about results",
            "TABLE_ROW 2 [Results] Year: 2024; Tons: 17");
  }

  @Test
  void sheetsShowDatesAndFormulas() throws Exception {
    for (byte[] workbook : new byte[][] {Documents.xlsx(), Documents.xls()}) {
      assertThat(lines(parse(workbook, "a")))
          .containsExactly(
              "HEADING 1 [] Rocks",
              "TABLE_ROW 1 [Rocks] Name: Basalt; Weight: 2.5; Found: 2024-03-01",
              "TABLE_ROW 1 [Rocks] Name: Tuff; Found: 2",
              "HEADING 2 [] Soils",
              "TABLE_ROW 2 [Soils] Only loam");
    }
  }

  @Test
  void oldSlides() throws Exception {
    assertThat(lines(parse(Documents.ppt(), "a.ppt")))
        .containsExactly("HEADING 1 [] Old plans", "PARAGRAPH 1 [Old plans] A point of old");
  }

  @Test
  void encodings() throws Exception {
    String text = "Die Größe der Steine wächst über Jahre; außerdem heißt es, sie seien schön.";
    for (Charset charset :
        new Charset[] {
          StandardCharsets.UTF_8,
          StandardCharsets.ISO_8859_1,
          StandardCharsets.UTF_16,
          StandardCharsets.UTF_16LE,
          StandardCharsets.UTF_16BE
        }) {
      assertThat(lines(parse(text.getBytes(charset), "a.txt")))
          .as(charset.name())
          .containsExactly("PARAGRAPH 0 [] " + text);
    }
    assertThat(lines(parse(("\uFEFF" + text).getBytes(StandardCharsets.UTF_8), "a.txt")))
        .containsExactly("PARAGRAPH 0 [] " + text);
    String cyrillic = "Камни и горные породы изучает геология, наука о строении Земли.";
    assertThat(lines(parse(cyrillic.getBytes(Charset.forName("windows-1251")), "a.txt")))
        .containsExactly("PARAGRAPH 0 [] " + cyrillic);
  }

  @Test
  void contentDecidesNotTheName() throws Exception {
    assertThat(parse(text("plain words"), "a.pdf").mediaType()).isEqualTo("text/plain");
    assertThat(parse(Documents.docx(), "a.csv").mediaType()).contains("wordprocessingml");
    assertThat(parse(Documents.xlsx(), "a.docx").mediaType()).contains("spreadsheetml");
    assertThat(parse(Documents.eml(), "a.txt").mediaType()).isEqualTo("message/rfc822");
  }
}
