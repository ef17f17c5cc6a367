package dev.outcrop.knowledge.parsing;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which paragraph styles of a DOCX are headings, and of what level. */
final class WordStyles {
  private static final Pattern HEADING = Pattern.compile("heading ?([1-9])");

  private final Map<String, Integer> own = new HashMap<>();
  private final Map<String, String> parents = new HashMap<>();

  /** Levels from 1 by style id; styles of body text are absent. */
  static Map<String, Integer> levels(OfficeZip zip, String part) throws IOException {
    WordStyles styles = new WordStyles();
    if (zip.has(part)) {
      try (XmlReader xml = zip.xml(part)) {
        styles.read(xml);
      }
    }
    Map<String, Integer> levels = new HashMap<>();
    Set<String> ids = new HashSet<>(styles.own.keySet());
    ids.addAll(styles.parents.keySet());
    ids.forEach(id -> levels.put(id, styles.level(id)));
    for (int level = 1; level <= 9; level++) {
      levels.putIfAbsent("Heading" + level, level);
    }
    levels.putIfAbsent("Title", 1);
    levels.values().removeIf(level -> level == 0);
    return levels;
  }

  private void read(XmlReader xml) throws IOException {
    String id = "";
    while (xml.next()) {
      if (xml.start()) {
        switch (xml.name()) {
          case "style" -> id = String.valueOf(xml.attribute("styleId"));
          case "name" -> named(id, String.valueOf(xml.attribute("val")));
          case "basedOn" -> parents.put(id, String.valueOf(xml.attribute("val")));
          case "outlineLvl" -> own.put(id, outline(xml.attribute("val")));
          default -> {}
        }
      }
    }
  }

  private void named(String id, String name) {
    Matcher heading = HEADING.matcher(name.toLowerCase(Locale.ROOT));
    if (heading.matches()) {
      own.put(id, Integer.parseInt(heading.group(1)));
    } else if (name.equalsIgnoreCase("title")) {
      own.put(id, 1);
    }
  }

  /** Styles inherit; a circle of them ends where it began. */
  private int level(String id) {
    Set<String> seen = new HashSet<>();
    for (String at = id; at != null && seen.add(at); at = parents.get(at)) {
      if (own.containsKey(at)) {
        return own.get(at);
      }
    }
    return 0;
  }

  /** An outline level as written, from 0; 9 is body text. */
  static int outline(String value) {
    boolean level = value != null && value.matches("[0-8]");
    return level ? Integer.parseInt(value) + 1 : 0;
  }
}
