package dev.outcrop.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of a page that is tested.
 *
 * @param line where it begins
 * @param prints what its output must contain; may be empty
 */
record Block(int line, String language, String text, String prints) {
  private static final Pattern TESTED =
      Pattern.compile(
          "^<!-- test(?: prints: ([^\n]+?))? -->\n+```(\\w+)\n(.*?)^```$",
          Pattern.MULTILINE | Pattern.DOTALL);

  private static final Map<String, String> SUFFIXES =
      Map.of("bash", ".sh", "python", ".py", "javascript", ".mjs", "java", ".java");

  static List<Block> tested(Path page) throws IOException {
    String text = Files.readString(page);
    List<Block> blocks = new ArrayList<>();
    Matcher found = TESTED.matcher(text);
    while (found.find()) {
      int line = (int) text.substring(0, found.start()).lines().count() + 1;
      String prints = found.group(1) == null ? "" : found.group(1);
      blocks.add(new Block(line, found.group(2), found.group(3), prints));
    }
    return blocks;
  }

  String suffix() {
    return SUFFIXES.getOrDefault(language, "");
  }
}
