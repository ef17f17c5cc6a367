package dev.outcrop.knowledge.parsing;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The package behind DOCX, PPTX and XLSX: a ZIP archive of parts that relations tie together. Parts
 * are streamed, never unpacked to disk, so their names can't lead anywhere.
 */
final class OfficeZip implements Closeable {
  private static final int MOST_ENTRIES = 100_000;

  /**
   * A part that another one refers to.
   *
   * @param type the last segment of the relation's type, for example {@code styles}
   * @param part its name inside the archive
   */
  record Relation(String type, String part) {}

  private final ZipFile zip;
  private final Source source;

  private OfficeZip(ZipFile zip, Source source) {
    this.zip = zip;
    this.source = source;
  }

  static OfficeZip open(Source source) throws IOException {
    try {
      ZipFile zip = new ZipFile(source.file().toFile());
      if (zip.size() > MOST_ENTRIES) {
        zip.close();
        throw Refusal.over("files inside", MOST_ENTRIES);
      }
      return new OfficeZip(zip, source);
    } catch (ZipException e) {
      if (String.valueOf(e.getMessage()).contains("encrypted")) {
        throw Refusal.encrypted(e);
      }
      throw new Refusal("the document is truncated or broken: " + e.getMessage(), e);
    }
  }

  static Format detect(Source source) throws IOException {
    try (OfficeZip zip = open(source)) {
      if (zip.zip.getEntry("[Content_Types].xml") == null) {
        throw new Refusal(zip.foreign());
      }
      String part = zip.mainPart();
      zip.require(part);
      String type = zip.contentType(part);
      if (type.contains("wordprocessingml")) {
        return Format.WORD;
      }
      if (type.contains("presentationml")) {
        return Format.SLIDES;
      }
      if (type.contains("spreadsheetml")) {
        return Format.SHEETS;
      }
      throw new Refusal("unsupported format: an Office file of type " + Text.oneLine(type));
    }
  }

  private String foreign() throws IOException {
    ZipEntry mimetype = zip.getEntry("mimetype");
    if (mimetype == null) {
      return "unsupported format: a ZIP archive: unpack it first";
    }
    try (var in = source.unpacked().counted(zip.getInputStream(mimetype), source.deadline())) {
      String type = Detection.latin1(in.readNBytes(100));
      return type.contains("opendocument")
          ? "unsupported format: an OpenDocument file: save it as DOCX, PPTX, XLSX or PDF"
          : "unsupported format: " + Text.oneLine(type);
    }
  }

  /** The part that the document begins with. */
  String mainPart() throws IOException {
    return relations("").values().stream()
        .filter(relation -> relation.type().equals("officeDocument"))
        .map(Relation::part)
        .findFirst()
        .orElseThrow(() -> new Refusal("the document is broken: it has no main part"));
  }

  private String contentType(String part) throws IOException {
    String extension = part.substring(part.lastIndexOf('.') + 1);
    String byExtension = "";
    try (XmlReader xml = xml("[Content_Types].xml")) {
      while (xml.next()) {
        if (xml.start() && ("/" + part).equals(xml.attribute("PartName"))) {
          return String.valueOf(xml.attribute("ContentType"));
        }
        if (xml.start() && extension.equals(xml.attribute("Extension"))) {
          byExtension = String.valueOf(xml.attribute("ContentType"));
        }
      }
    }
    return byExtension;
  }

  /** The parts that a part refers to, by relation id. Links to outside are left out. */
  Map<String, Relation> relations(String part) throws IOException {
    int slash = part.lastIndexOf('/');
    String folder = part.substring(0, slash + 1);
    String name = folder + "_rels/" + part.substring(slash + 1) + ".rels";
    Map<String, Relation> relations = new LinkedHashMap<>();
    if (zip.getEntry(name) == null) {
      return relations;
    }
    try (XmlReader xml = xml(name)) {
      while (xml.next()) {
        if (xml.start() && xml.name().equals("Relationship") && isInside(xml)) {
          String type = String.valueOf(xml.attribute("Type"));
          String target = resolve(folder, String.valueOf(xml.attribute("Target")));
          relations.put(
              String.valueOf(xml.attribute("Id")),
              new Relation(type.substring(type.lastIndexOf('/') + 1), target));
        }
      }
    }
    return relations;
  }

  private static boolean isInside(XmlReader xml) {
    return !"External".equals(xml.attribute("TargetMode"));
  }

  private static String resolve(String folder, String target) {
    Deque<String> path = new ArrayDeque<>();
    for (String segment : (target.startsWith("/") ? target : folder + target).split("/", -1)) {
      if (segment.equals("..")) {
        path.pollLast();
      } else if (!segment.isEmpty() && !segment.equals(".")) {
        path.addLast(segment);
      }
    }
    return String.join("/", path);
  }

  /** The first part of this relation's type; null when there is none. */
  static String partOf(Map<String, Relation> relations, String type) {
    return relations.values().stream()
        .filter(relation -> relation.type().equals(type))
        .map(Relation::part)
        .findFirst()
        .orElse(null);
  }

  boolean has(String part) {
    return part != null && zip.getEntry(part) != null;
  }

  private ZipEntry require(String part) {
    ZipEntry entry = zip.getEntry(part);
    if (entry == null) {
      throw new Refusal("the document is broken: it lacks its part " + Text.oneLine(part));
    }
    return entry;
  }

  XmlReader xml(String part) throws IOException {
    ZipEntry entry = require(part);
    return new XmlReader(
        source.unpacked().counted(zip.getInputStream(entry), source.deadline()), source.limits());
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
