package dev.outcrop.knowledge.parsing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.apache.poi.hslf.usermodel.HSLFSlideShow;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.xslf.usermodel.SlideLayout;
import org.apache.poi.xslf.usermodel.XMLSlideShow;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.apache.poi.xwpf.usermodel.XWPFTable;

/** Makes documents of every format, as other programs would. */
final class Documents {
  private Documents() {}

  static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A line of a PDF: 18 points bold are a heading in the text of 11 that {@link #pdf} writes. */
  record Line(String text, float size, boolean bold) {
    static Line body(String text) {
      return new Line(text, 11, false);
    }
  }

  static byte[] pdf(List<List<Line>> pages) throws IOException {
    try (PDDocument document = pdfDocument(pages)) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      document.save(out);
      return out.toByteArray();
    }
  }

  static PDDocument pdfDocument(List<List<Line>> pages) throws IOException {
    PDDocument document = new PDDocument();
    PDFont plain = new PDType1Font(FontName.HELVETICA);
    PDFont bold = new PDType1Font(FontName.HELVETICA_BOLD);
    for (List<Line> lines : pages) {
      PDPage page = new PDPage();
      document.addPage(page);
      try (PDPageContentStream content = new PDPageContentStream(document, page)) {
        float y = 720;
        for (Line line : lines) {
          y -= line.text().isEmpty() ? 24 : line.size() * 1.3f;
          content.beginText();
          content.setFont(line.bold() ? bold : plain, line.size());
          content.newLineAtOffset(72, y);
          content.showText(line.text());
          content.endText();
        }
      }
    }
    return document;
  }

  static byte[] samplePdf() throws IOException {
    return pdf(
        List.of(
            List.of(
                new Line("Geology of outcrops", 24, true),
                new Line("Rocks", 16, true),
                Line.body("Granite is a coarse-grained intrusive igneous rock that is com-"),
                Line.body("posed mostly of quartz and feldspar.")),
            List.of(
                new Line("Soils", 16, true),
                Line.body("Loam is made of sand, silt and a little clay, in words that"),
                Line.body("fill more than one line of the page."))));
  }

  static byte[] docx() throws IOException {
    try (XWPFDocument document = new XWPFDocument()) {
      styles(document);
      paragraph(document, "Handbook", "Heading1");
      paragraph(document, "Granite is hard.", null);
      paragraph(document, "Mining", "Heading2");
      paragraph(document, "First step", "ListParagraph");
      XWPFTable table = document.createTable(2, 2);
      table.getRow(0).getCell(0).setText("Rock");
      table.getRow(0).getCell(1).setText("Colour");
      table.getRow(1).getCell(0).setText("Basalt");
      table.getRow(1).getCell(1).setText("black");
      paragraph(document, "The end.", null);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      document.write(out);
      return out.toByteArray();
    }
  }

  private static void styles(XWPFDocument document) {
    var styles = document.createStyles();
    for (int level = 1; level <= 2; level++) {
      var style =
          org.openxmlformats.schemas.wordprocessingml.x2006.main.CTStyle.Factory.newInstance();
      style.setStyleId("Heading" + level);
      style.addNewName().setVal("heading " + level);
      styles.addStyle(new org.apache.poi.xwpf.usermodel.XWPFStyle(style, styles));
    }
  }

  private static void paragraph(XWPFDocument document, String text, String style) {
    XWPFParagraph paragraph = document.createParagraph();
    if (style != null) {
      paragraph.setStyle(style);
    }
    paragraph.createRun().setText(text);
  }

  static byte[] pptx() throws IOException {
    try (XMLSlideShow show = new XMLSlideShow()) {
      var layout = show.getSlideMasters().getFirst().getLayout(SlideLayout.TITLE_AND_CONTENT);
      for (String title : List.of("Plans", "Results")) {
        var slide = show.createSlide(layout);
        slide.getPlaceholder(0).setText(title);
        slide.getPlaceholder(1).setText("Point about " + title.toLowerCase(java.util.Locale.ROOT));
      }
      var table = show.getSlides().get(1).createTable(2, 2);
      table.getCell(0, 0).setText("Year");
      table.getCell(0, 1).setText("Tons");
      table.getCell(1, 0).setText("2024");
      table.getCell(1, 1).setText("17");
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      show.write(out);
      return out.toByteArray();
    }
  }

  static byte[] xlsx() throws IOException {
    return workbook(new XSSFWorkbook());
  }

  static byte[] xls() throws IOException {
    return workbook(new HSSFWorkbook());
  }

  private static byte[] workbook(Workbook workbook) throws IOException {
    try (workbook) {
      Sheet rocks = workbook.createSheet("Rocks");
      Row header = rocks.createRow(0);
      header.createCell(0).setCellValue("Name");
      header.createCell(1).setCellValue("Weight");
      header.createCell(2).setCellValue("Found");
      Row row = rocks.createRow(1);
      row.createCell(0).setCellValue("Basalt");
      row.createCell(1).setCellValue(2.5);
      var date = workbook.createCellStyle();
      date.setDataFormat(workbook.createDataFormat().getFormat("yyyy-mm-dd"));
      row.createCell(2).setCellValue(java.time.LocalDate.of(2024, 3, 1));
      row.getCell(2).setCellStyle(date);
      Row sparse = rocks.createRow(3);
      sparse.createCell(0).setCellValue("Tuff");
      sparse.createCell(2).setCellFormula("1+1");
      workbook.getCreationHelper().createFormulaEvaluator().evaluateAll();
      workbook.createSheet("Soils").createRow(0).createCell(0).setCellValue("Only loam");
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      workbook.write(out);
      return out.toByteArray();
    }
  }

  static byte[] ppt() throws IOException {
    try (HSLFSlideShow show = new HSLFSlideShow()) {
      var slide = show.createSlide();
      slide.addTitle().setText("Old plans");
      var box = slide.createTextBox();
      box.setText("A point of old");
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      show.write(out);
      return out.toByteArray();
    }
  }

  static byte[] zip(Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (var entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    }
    return out.toByteArray();
  }

  /** The parts around the main part of a hand-made DOCX. */
  static Map<String, byte[]> docxParts(byte[] document) {
    Map<String, byte[]> parts = new LinkedHashMap<>();
    parts.put(
        "[Content_Types].xml",
        text(
            """
            <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
            <Default Extension="xml" ContentType="application/xml"/>
            <Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>
            </Types>"""));
    parts.put(
        "_rels/.rels",
        text(
            """
            <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
            <Relationship Id="r1" Type="http://x/officeDocument" Target="word/document.xml"/>
            </Relationships>"""));
    parts.put("word/document.xml", document);
    return parts;
  }

  static byte[] eml() {
    return text(
        """
        From: Ada <ada@example.com>
        To: Bob <bob@example.com>
        Subject: =?UTF-8?Q?Stones_=C3=BCber_all?=
        Date: Mon, 4 Mar 2024 10:00:00 +0000
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary="B"

        --B
        Content-Type: multipart/alternative; boundary="A"

        --A
        Content-Type: text/plain; charset=ISO-8859-1
        Content-Transfer-Encoding: quoted-printable

        The caf=E9 has stones.
        --A
        Content-Type: text/html

        <p>The café has <b>stones</b>.</p>
        --A--
        --B
        Content-Type: text/csv; name="t.csv"
        Content-Disposition: attachment; filename="../../t.csv"

        Rock,Colour
        Basalt,black
        --B
        Content-Type: image/png
        Content-Disposition: attachment; filename="photo.png"
        Content-Transfer-Encoding: base64

        iVBORw0KGgoAAAANSUhEUg==
        --B--
        """);
  }
}
