package dev.outcrop.knowledge.parsing;

import static dev.outcrop.knowledge.parsing.Documents.docxParts;
import static dev.outcrop.knowledge.parsing.Documents.text;
import static dev.outcrop.knowledge.parsing.Documents.zip;
import static dev.outcrop.knowledge.parsing.Parsing.parse;
import static dev.outcrop.knowledge.parsing.Parsing.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostileDocumentsTest {
  private static final String W =
      "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">";

  @Test
  void emptyAndBinary() {
    assertThat(reason(new byte[0], "a.txt")).isEqualTo("the document is empty");
    assertThat(reason(text("  \n\n "), "a.txt")).isEqualTo("the document has no text");
    byte[] junk = new byte[3000];
    new java.util.Random(1).nextBytes(junk);
    assertThat(reason(junk, "a.txt")).contains("binary");
    assertThat(reason(text("a\0b"), "a.txt")).contains("binary");
    assertThat(reason(text("{\\rtf1 x}"), "a.rtf")).contains("RTF");
  }

  @Test
  void nulBytesFarInsideAreDropped() throws Exception {
    byte[] late = text("word ".repeat(20_000) + "end\0ing");
    assertThat(parse(late, "a.txt").blocks().getLast().text()).endsWith("ending");
  }

  @Test
  void truncated() throws Exception {
    for (byte[] whole :
        new byte[][] {
          Documents.samplePdf(), Documents.docx(), Documents.xlsx(), Documents.pptx()
        }) {
      byte[] cut = Arrays.copyOf(whole, whole.length / 2);
      assertThat(reason(cut, "cut")).containsPattern("truncated|broken");
    }
  }

  @Test
  void notAnOfficeArchive() throws Exception {
    assertThat(reason(zip(Map.of("a.txt", text("hello"))), "a.docx")).contains("ZIP archive");
    assertThat(
            reason(
                zip(Map.of("mimetype", text("application/vnd.oasis.opendocument.text"))), "a.odt"))
        .contains("OpenDocument");
  }

  @Test
  void archiveBombs() throws Exception {
    String paragraph = "<w:p><w:r><w:t>aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa</w:t></w:r></w:p>";
    byte[] bomb =
        zip(docxParts(text(W + "<w:body>" + paragraph.repeat(600_000) + "</w:body></w:document>")));
    assertThat(bomb.length).isLessThan(1_000_000);
    assertThat(reason(bomb, "a.docx")).contains("archive bomb");
    byte[] comment = zip(docxParts(text(W + "<!--" + " ".repeat(60_000_000) + "--></w:document>")));
    assertThat(reason(comment, "a.docx")).contains("archive bomb");
  }

  @Test
  void pdfBombsEvenPackedTwice() throws Exception {
    ParsingLimits limits = limits(20_000_000, Duration.ofMinutes(1));
    byte[] zeros = new byte[30_000_000];
    byte[] once = deflate(zeros);
    assertThat(reason(pdfWithContent(once, "/FlateDecode"), "a.pdf", limits)).contains("unpacked");
    byte[] twice = deflate(once);
    assertThat(reason(pdfWithContent(twice, "[/FlateDecode /FlateDecode]"), "a.pdf", limits))
        .contains("unpacked");
  }

  @Test
  void entitiesAreNeverExpanded() throws Exception {
    StringBuilder laughs =
        new StringBuilder("<?xml version=\"1.0\"?><!DOCTYPE l [<!ENTITY a0 \"ha\">");
    for (int i = 1; i < 12; i++) {
      laughs.append("<!ENTITY a" + i + " \"" + ("&a" + (i - 1) + ";").repeat(10) + "\">");
    }
    laughs.append("]><l>&a11;</l>");
    assertThat(reason(text(laughs.toString()), "a.xml")).contains("entit");
    assertThat(reason(zip(docxParts(text(laughs.toString()))), "a.docx")).contains("entit");
  }

  @Test
  void nothingOutsideIsFetched(@TempDir Path folder) throws Exception {
    Path secret = Files.writeString(folder.resolve("secret.txt"), "TOP-SECRET");
    AtomicInteger calls = new AtomicInteger();
    try (ServerSocket server = new ServerSocket(0)) {
      Thread.startVirtualThread(
          () -> {
            while (!server.isClosed()) {
              try (var _ = server.accept()) {
                calls.incrementAndGet();
              } catch (java.io.IOException e) {
                return;
              }
            }
          });
      String url = "http://127.0.0.1:" + server.getLocalPort() + "/x";
      for (String target : List.of(url, secret.toUri().toString())) {
        List<String> documents =
            List.of(
                "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY e SYSTEM '%s'>]><a>x &e;</a>",
                "<?xml version='1.0'?><!DOCTYPE a SYSTEM '%s'><a>x</a>",
                "<?xml version='1.0'?><!DOCTYPE a SYSTEM '%s'><a>x &e;</a>",
                "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY %% p SYSTEM '%s'> %%p;]><a>x</a>",
                "<?xml version='1.0'?><a xmlns:xi='http://www.w3.org/2001/XInclude'>x"
                    + "<xi:include href='%s' parse='text'/></a>",
                "<html><body>x<img src='%1$s'><iframe src='%1$s'></iframe>"
                    + "<link rel=stylesheet href='%1$s'></body></html>");
        for (String document : documents) {
          byte[] bytes = text(String.format(document, target));
          assertThat(outcome(bytes, "a.xml")).doesNotContain("TOP-SECRET");
          assertThat(outcome(zip(docxParts(bytes)), "a.docx")).doesNotContain("TOP-SECRET");
        }
      }
      Thread.sleep(100);
    }
    assertThat(calls).hasValue(0);
  }

  private static String outcome(byte[] bytes, String name) {
    try {
      return parse(bytes, name).toString();
    } catch (UnreadableDocumentException e) {
      return e.getMessage();
    }
  }

  @Test
  void deepNesting() throws Exception {
    assertThat(outcome(text("<html><body>" + "<div>".repeat(100_000) + "x"), "a.html"))
        .contains("text=x");
    String xml = "<?xml version='1.0'?>" + "<a>".repeat(100_000) + "x" + "</a>".repeat(100_000);
    assertThat(reason(text(xml), "a.xml")).contains("nested");
    assertThat(reason(zip(docxParts(text(xml))), "a.docx")).contains("nested");
    String quotes = ">".repeat(100_000) + " deep";
    assertThat(outcome(text(quotes), "a.md")).contains("deep");
    assertThat(outcome(text("[".repeat(100_000) + "x"), "a.md")).contains("x");
    assertThat(outcome(text("*a **b ".repeat(20_000)), "a.md")).contains("b");
  }

  @Test
  void deepMail() {
    String mail = "From: a\nSubject: s\nMIME-Version: 1.0\nContent-Type: message/rfc822\n\n";
    assertThat(reason(text(mail.repeat(3_000) + "x"), "a.eml")).contains("messages inside");
  }

  @Test
  void hugeSingleLine() throws Exception {
    var document = parse(text("word ".repeat(3_000_000)), "a.txt");
    assertThat(document.blocks()).allMatch(block -> block.text().length() <= 200_000);
    long length = document.blocks().stream().mapToLong(block -> block.text().length() + 1).sum();
    assertThat(length).isEqualTo(15_000_000);
    assertThat(parse(text("x".repeat(5_000_000)), "a.md").blocks()).hasSizeGreaterThan(10);
  }

  @Test
  void limitsAreSaid() throws Exception {
    ParsingLimits few =
        new ParsingLimits(1000, 500, 2, 10, 100_000, 100, 3, 10, 1, Duration.ofSeconds(20));
    assertThat(reason(new byte[1001], "a.txt", few)).contains("1,000 bytes");
    assertThat(reason(text("<html>" + " ".repeat(600)), "a.html", few)).contains("500 bytes");
    assertThat(reason(text("x".repeat(101)), "a.txt", few)).contains("100 characters");
    assertThat(reason(text("a\n\n".repeat(5)), "a.txt", few)).contains("3 paragraphs");
  }

  @Test
  void encrypted() throws Exception {
    try (var document = Documents.pdfDocument(List.of(List.of(Documents.Line.body("secret"))))) {
      var policy =
          new org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy(
              "owner", "user", new org.apache.pdfbox.pdmodel.encryption.AccessPermission());
      policy.setEncryptionKeyLength(256);
      document.protect(policy);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      document.save(out);
      assertThat(reason(out.toByteArray(), "a.pdf")).contains("encrypted: remove the password");
    }
    try (var files = new org.apache.poi.poifs.filesystem.POIFSFileSystem()) {
      var info =
          new org.apache.poi.poifs.crypt.EncryptionInfo(
              org.apache.poi.poifs.crypt.EncryptionMode.agile);
      var encryptor = info.getEncryptor();
      encryptor.confirmPassword("secret");
      try (var data = encryptor.getDataStream(files)) {
        data.write(Documents.docx());
      }
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      files.writeFilesystem(out);
      assertThat(reason(out.toByteArray(), "a.docx")).contains("encrypted: remove the password");
    }
  }

  @Test
  void cyclicPdf() {
    String pages = "2 0 obj<</Type/Pages/Count 1/Kids[2 0 R]>>endobj\n";
    assertThat(reason(rawPdf(pages), "a.pdf")).isNotNull();
    String form =
        "2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n"
            + "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R"
            + "/Resources<</XObject<</F 5 0 R>>>>>>endobj\n"
            + "4 0 obj<</Length 5>>stream\n/F Do\nendstream endobj\n"
            + "5 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length 11"
            + "/Resources<</XObject<</F 5 0 R>>>>>>stream\n/F Do /F Do\nendstream endobj\n";
    assertThat(reason(rawPdf(form), "a.pdf")).contains("scan");
    StringBuilder doubling = new StringBuilder(form.substring(0, form.indexOf("5 0 obj")));
    for (int i = 5; i < 40; i++) {
      doubling.append(
          (i
                  + " 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length 11/Resources<</XObject<</F ")
              + ((i + 1) + " 0 R>>>>>>stream\n/F Do /F Do\nendstream endobj\n"));
    }
    assertThat(reason(rawPdf(doubling.toString()), "a.pdf")).contains("forms");
  }

  @Test
  void pdfWithoutTextSaysSo() throws Exception {
    assertThat(reason(Documents.pdf(List.of(List.of())), "a.pdf")).contains("scan");
  }

  @Test
  void pathTraversal() throws Exception {
    Map<String, byte[]> parts =
        docxParts(text(W + "<w:p><w:r><w:t>x</w:t></w:r></w:p></w:document>"));
    parts.put("../../../../etc/evil.txt", text("evil"));
    parts.put(
        "_rels/.rels",
        text(
            "<R><Relationship Id='r1' Type='http://x/officeDocument'"
                + " Target='../../../../../etc/passwd'/></R>"));
    assertThat(reason(zip(parts), "../../a.docx"))
        .contains("lacks its part")
        .doesNotContain("root:");
  }

  @Test
  void aSlowDocumentIsGivenUp() {
    ParsingLimits hasty = limits(1 << 29, Duration.ofMillis(50));
    assertThat(reason(text("a, b\n".repeat(4_000_000)), "a.csv", hasty)).contains("longer than");
  }

  @Test
  void interruptionCancels() throws Exception {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> new StructuredParser().parse(Path.of("x"), "x"))
        .isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  private static ParsingLimits limits(long unpacked, Duration time) {
    ParsingLimits d = ParsingLimits.DEFAULT;
    return new ParsingLimits(
        d.bytes(),
        d.treeBytes(),
        d.pages(),
        d.expansion(),
        unpacked,
        d.textLength(),
        d.blocks(),
        d.depth(),
        d.attachments(),
        time);
  }

  private static byte[] rawPdf(String objects) {
    return text(
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
            + objects
            + "trailer<</Root 1 0 R/Size 9>>\nstartxref\n0\n%%EOF");
  }

  private static byte[] pdfWithContent(byte[] content, String filter) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(
        text(
            "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
                + "2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n"
                + "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj\n"
                + ("4 0 obj<</Filter " + filter + "/Length " + content.length + ">>stream\n")));
    out.write(content);
    out.write(text("\nendstream endobj\ntrailer<</Root 1 0 R/Size 5>>\nstartxref\n0\n%%EOF"));
    return out.toByteArray();
  }

  private static byte[] deflate(byte[] bytes) throws Exception {
    try (InputStream in =
        new java.util.zip.DeflaterInputStream(new java.io.ByteArrayInputStream(bytes))) {
      return in.readAllBytes();
    }
  }
}
