package dev.outcrop.knowledge.parsing;

import java.io.IOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.io.RandomAccessReadBufferedFile;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.apache.pdfbox.pdmodel.graphics.form.PDTransparencyGroup;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;

/**
 * PDF, page by page with Apache PDFBox, which says what text is where; lines become blocks here.
 */
final class PdfText extends PDFTextStripper {
  private static final int TAIL = 4096;

  /** Forms can draw each other; two that each draw two more would never end. */
  private static final int MOST_FORMS = 200_000;

  static {
    NoSystemFonts.install();
  }

  private final Source source;
  private final PdfLines lines;
  private final Set<COSBase> drawing = Collections.newSetFromMap(new IdentityHashMap<>());
  private int pages;
  private int forms;

  private PdfText(Source source, PdfLines lines) {
    this.source = source;
    this.lines = lines;
    setSuppressDuplicateOverlappingText(false);
  }

  static void read(Source source, Blocks blocks) throws IOException {
    requireEnd(source);
    PdfStreams.requireReasonable(source);
    try (PDDocument document = load(source)) {
      PdfLines lines = new PdfLines(blocks);
      PdfText text = new PdfText(source, lines);
      text.writeText(document, Writer.nullWriter());
      lines.end();
      if (blocks.size() == 0) {
        throw new Refusal("the PDF has no text on its " + text.pages + " pages; is it a scan?");
      }
    }
  }

  /** Readers mend a PDF without an end; what was cut off would be missing without a word. */
  private static void requireEnd(Source source) throws IOException {
    try (FileChannel file = FileChannel.open(source.file())) {
      ByteBuffer tail = ByteBuffer.allocate((int) Math.min(TAIL, file.size()));
      long from = file.size() - tail.capacity();
      int read = 0;
      while (tail.hasRemaining() && read >= 0) {
        read = file.read(tail, from + tail.position());
      }
      String end = new String(tail.array(), StandardCharsets.ISO_8859_1);
      if (!end.contains("startxref") && !end.contains("%%EOF")) {
        throw new Refusal("the PDF is truncated: its end is missing");
      }
    }
  }

  private static PDDocument load(Source source) throws IOException {
    RandomAccessReadBufferedFile file = new TimedFile(source);
    try {
      return Loader.loadPDF(file, "", null, null, IOUtils.createTempFileOnlyStreamCache());
    } catch (InvalidPasswordException e) {
      file.close();
      throw Refusal.encrypted(e);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** A file that can't be read after the deadline. */
  private static final class TimedFile extends RandomAccessReadBufferedFile {
    private final Deadline deadline;

    TimedFile(Source source) throws IOException {
      super(source.file().toFile());
      this.deadline = source.deadline();
    }

    @Override
    public int read() throws IOException {
      deadline.check();
      return super.read();
    }

    @Override
    public int read(byte[] b, int offset, int length) throws IOException {
      deadline.check();
      return super.read(b, offset, length);
    }
  }

  @Override
  public void processPage(PDPage page) throws IOException {
    if (++pages > source.limits().pages()) {
      throw Refusal.over("pages", source.limits().pages());
    }
    source.deadline().check();
    super.processPage(page);
    lines.endPage();
  }

  @Override
  protected void processOperator(Operator operator, List<COSBase> operands) throws IOException {
    source.deadline().check();
    super.processOperator(operator, operands);
  }

  @Override
  public void showForm(PDFormXObject form) throws IOException {
    if (enter(form)) {
      super.showForm(form);
      drawing.remove(form.getCOSObject());
    }
  }

  @Override
  public void showTransparencyGroup(PDTransparencyGroup form) throws IOException {
    if (enter(form)) {
      super.showTransparencyGroup(form);
      drawing.remove(form.getCOSObject());
    }
  }

  /** False for a form that draws itself. */
  private boolean enter(PDFormXObject form) {
    if (++forms > MOST_FORMS) {
      throw Refusal.over("forms", MOST_FORMS);
    }
    return drawing.add(form.getCOSObject());
  }

  @Override
  protected void writeString(String text, List<TextPosition> positions) {
    lines.add(text, positions, pages);
  }

  @Override
  protected void writeWordSeparator() {
    lines.add(" ", List.of(), pages);
  }

  @Override
  protected void writeLineSeparator() {
    lines.endLine();
  }

  @Override
  protected void writeParagraphStart() {
    lines.endParagraph();
  }
}
