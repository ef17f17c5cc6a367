package dev.outcrop.knowledge.parsing;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Binary formats by the bytes they begin with. */
final class Signatures {
  /** What can't be read, and what to do about it. */
  private static final Map<String, String> UNSUPPORTED = new LinkedHashMap<>();

  static {
    UNSUPPORTED.put("\u0089PNG", "a PNG image");
    UNSUPPORTED.put("\u00FF\u00D8\u00FF", "a JPEG image");
    UNSUPPORTED.put("GIF8", "a GIF image");
    UNSUPPORTED.put("II*\0", "a TIFF image");
    UNSUPPORTED.put("MM\0*", "a TIFF image");
    UNSUPPORTED.put("RIFF", "an image, audio or video file");
    UNSUPPORTED.put("ID3", "an audio file");
    UNSUPPORTED.put("OggS", "an audio or video file");
    UNSUPPORTED.put("\u001AE\u00DF\u00A3", "a video file");
    UNSUPPORTED.put("\u001F\u008B", "a gzip archive: unpack it first");
    UNSUPPORTED.put("BZh", "a bzip2 archive: unpack it first");
    UNSUPPORTED.put("7z\u00BC\u00AF", "a 7-Zip archive: unpack it first");
    UNSUPPORTED.put("Rar!", "a RAR archive: unpack it first");
    UNSUPPORTED.put("\u00FD7zXZ", "an XZ archive: unpack it first");
    UNSUPPORTED.put("(\u00B5/\u00FD", "a Zstandard archive: unpack it first");
    UNSUPPORTED.put("\u007FELF", "a program");
    UNSUPPORTED.put("MZ\u0090", "a program");
    UNSUPPORTED.put("\u00CA\u00FE\u00BA\u00BE", "a program");
    UNSUPPORTED.put("SQLite format 3", "a database");
    UNSUPPORTED.put("{\\rtf", "an RTF document: save it as DOCX or PDF");
    UNSUPPORTED.put("%!PS", "a PostScript document: convert it to PDF");
    UNSUPPORTED.put("PAR1", "a Parquet table: export it as CSV");
  }

  private Signatures() {}

  /**
   * @return the format; null when the bytes are text
   */
  static Format find(byte[] head, Source source) throws IOException {
    String start = Detection.latin1(head);
    int pdf = start.substring(0, Math.min(1024, start.length())).indexOf("%PDF-");
    if (pdf == 0 || (pdf > 0 && source.extension().equals("pdf"))) {
      return Format.PDF;
    }
    if (start.startsWith("PK\u0003\u0004") || start.startsWith("PK\u0005\u0006")) {
      return OfficeZip.detect(source);
    }
    if (start.startsWith("\u00D0\u00CF\u0011\u00E0\u00A1\u00B1\u001A\u00E1")) {
      return OldOffice.detect(source);
    }
    for (Map.Entry<String, String> entry : UNSUPPORTED.entrySet()) {
      if (start.startsWith(entry.getKey())) {
        throw new Refusal("unsupported format: " + entry.getValue());
      }
    }
    if (TextEncoding.isBinary(head)) {
      throw new Refusal("unsupported format: binary data, not text");
    }
    return null;
  }
}
