package dev.outcrop.knowledge.parsing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.poi.ss.usermodel.BuiltinFormats;
import org.apache.poi.ss.usermodel.DataFormatter;

/** How the numbers of an XLSX are shown: dates are numbers too. */
final class SheetFormats {
  private final DataFormatter formatter = new DataFormatter(Locale.ROOT);
  private final Map<Integer, String> custom = new HashMap<>();
  private final List<Integer> cellFormats = new ArrayList<>();
  private boolean from1904;

  SheetFormats() {
    formatter.setUse4DigitYearsInAllDateFormats(true);
  }

  /** Days are counted from 1904 in workbooks of old Macs. */
  void from1904(boolean value) {
    from1904 = value;
  }

  void read(OfficeZip zip, String part) throws IOException {
    if (!zip.has(part)) {
      return;
    }
    boolean cells = false;
    try (XmlReader xml = zip.xml(part)) {
      while (xml.next()) {
        if (xml.name().equals("cellXfs") && (xml.start() || xml.end())) {
          cells = xml.start();
        } else if (xml.start() && xml.name().equals("numFmt")) {
          custom.put(
              number(xml.attribute("numFmtId")), String.valueOf(xml.attribute("formatCode")));
        } else if (xml.start() && cells && xml.name().equals("xf")) {
          cellFormats.add(number(xml.attribute("numFmtId")));
        }
      }
    }
  }

  String number(String value, String style) {
    int cell = number(style);
    int id = cell < cellFormats.size() ? cellFormats.get(cell) : 0;
    String format = custom.getOrDefault(id, builtin(id));
    try {
      double number = Double.parseDouble(value.strip());
      return formatter.formatRawCellContents(
          number, id, format == null ? "General" : format, from1904);
    } catch (IllegalArgumentException e) {
      return value;
    }
  }

  private static String builtin(int id) {
    return id == 0 ? null : BuiltinFormats.getBuiltinFormat(id);
  }

  private static int number(String value) {
    try {
      return value == null ? 0 : Math.max(0, Integer.parseInt(value));
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
