package dev.outcrop.knowledge.parsing;

import dev.outcrop.knowledge.parsing.ParsedDocument.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.poi.EncryptedDocumentException;
import org.apache.poi.OldFileFormatException;
import org.apache.poi.hslf.usermodel.HSLFShape;
import org.apache.poi.hslf.usermodel.HSLFSlide;
import org.apache.poi.hslf.usermodel.HSLFSlideShow;
import org.apache.poi.hslf.usermodel.HSLFTable;
import org.apache.poi.hslf.usermodel.HSLFTextParagraph;
import org.apache.poi.hslf.usermodel.HSLFTextShape;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.hwpf.HWPFDocument;
import org.apache.poi.hwpf.usermodel.Paragraph;
import org.apache.poi.hwpf.usermodel.Range;
import org.apache.poi.poifs.filesystem.DirectoryNode;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.DataFormatter;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;

/** The binary formats of Office 97 to 2003, read by Apache POI. */
final class OldOffice {
  private OldOffice() {}

  static Format detect(Source source) throws IOException {
    try (POIFSFileSystem files = open(source)) {
      DirectoryNode root = files.getRoot();
      if (root.hasEntryCaseInsensitive("EncryptedPackage")) {
        throw Refusal.encrypted(null);
      }
      if (root.hasEntryCaseInsensitive("WordDocument")) {
        return Format.OLD_WORD;
      }
      if (root.hasEntryCaseInsensitive("Workbook") || root.hasEntryCaseInsensitive("Book")) {
        return Format.OLD_SHEETS;
      }
      if (root.hasEntryCaseInsensitive("PowerPoint Document")) {
        return Format.OLD_SLIDES;
      }
      throw new Refusal(
          "unsupported format: an OLE2 file that is no Word, Excel or PowerPoint document");
    }
  }

  private static POIFSFileSystem open(Source source) throws IOException {
    source.requireTreeSize();
    return new POIFSFileSystem(source.file().toFile(), true);
  }

  private interface Reading {
    void read(POIFSFileSystem files) throws IOException;
  }

  private static void read(Source source, Reading reading) throws IOException {
    try (POIFSFileSystem files = open(source)) {
      reading.read(files);
    } catch (EncryptedDocumentException e) {
      throw Refusal.encrypted(e);
    } catch (OldFileFormatException e) {
      throw new Refusal("unsupported format: older than Office 97: save it as DOCX or XLSX", e);
    }
  }

  static void word(Source source, Blocks blocks) throws IOException {
    read(
        source,
        files -> {
          try (HWPFDocument document = new HWPFDocument(files)) {
            Range range = document.getRange();
            for (int i = 0; i < range.numParagraphs(); i++) {
              paragraph(range.getParagraph(i), blocks);
            }
          }
        });
  }

  private static void paragraph(Paragraph paragraph, Blocks blocks) {
    String text = Range.stripFields(paragraph.text()).replace('\u0007', ' ');
    int level = paragraph.getLvl();
    if (level < 9 && level >= 0 && !paragraph.isInTable()) {
      blocks.heading(level + 1, text, 0);
    } else {
      Kind kind =
          paragraph.isInTable()
              ? Kind.TABLE_ROW
              : paragraph.isInList() ? Kind.LIST_ITEM : Kind.PARAGRAPH;
      blocks.add(kind, text, 0);
    }
  }

  static void sheets(Source source, Blocks blocks) throws IOException {
    read(
        source,
        files -> {
          try (HSSFWorkbook workbook = new HSSFWorkbook(files, false)) {
            int number = 0;
            for (Sheet sheet : workbook) {
              sheet(sheet, ++number, blocks);
            }
          }
        });
  }

  private static void sheet(Sheet sheet, int number, Blocks blocks) {
    DataFormatter formatter = new DataFormatter(java.util.Locale.ROOT);
    formatter.setUseCachedValuesForFormulaCells(true);
    formatter.setUse4DigitYearsInAllDateFormats(true);
    TableRows rows = new TableRows(blocks);
    if (sheet.getPhysicalNumberOfRows() > 0) {
      blocks.heading(1, sheet.getSheetName(), number);
    }
    for (Row row : sheet) {
      List<String> cells = new ArrayList<>();
      for (Cell cell : row) {
        while (cells.size() < cell.getColumnIndex()) {
          cells.add("");
        }
        cells.add(cell.getCellType() == CellType.ERROR ? "" : formatter.formatCellValue(cell));
      }
      rows.row(cells, number);
    }
    rows.end(number);
  }

  static void slides(Source source, Blocks blocks) throws IOException {
    read(
        source,
        files -> {
          try (HSLFSlideShow show = new HSLFSlideShow(files)) {
            for (HSLFSlide slide : show.getSlides()) {
              slide(slide, blocks);
            }
          }
        });
  }

  private static void slide(HSLFSlide slide, Blocks blocks) {
    int number = slide.getSlideNumber();
    String title = slide.getTitle();
    if (title != null) {
      blocks.heading(1, title, number);
    }
    for (HSLFShape shape : slide.getShapes()) {
      if (shape instanceof HSLFTable table) {
        table(table, number, blocks);
      } else if (shape instanceof HSLFTextShape text && !text.getText().equals(title)) {
        for (HSLFTextParagraph paragraph : text.getTextParagraphs()) {
          Kind kind = paragraph.isBullet() ? Kind.LIST_ITEM : Kind.PARAGRAPH;
          blocks.add(kind, HSLFTextParagraph.getText(List.of(paragraph)), number);
        }
      }
    }
  }

  private static void table(HSLFTable table, int slide, Blocks blocks) {
    TableRows rows = new TableRows(blocks);
    for (int row = 0; row < table.getNumberOfRows(); row++) {
      List<String> cells = new ArrayList<>();
      for (int column = 0; column < table.getNumberOfColumns(); column++) {
        var cell = table.getCell(row, column);
        cells.add(cell == null ? "" : cell.getText());
      }
      rows.row(cells, slide);
    }
    rows.end(slide);
  }
}
