package dev.outcrop.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The CACM collection: 3,204 abstracts of the Communications of the ACM in HTML, 64 topics, and
 * judgements for 52 of them.
 *
 * @param archive {@code cacm.tar.gz}, the documents
 * @param topics those that have judgements, in the order of the file
 */
public record Cacm(Path archive, List<Topic> topics) {
  private static final Pattern TOPIC =
      Pattern.compile("<DOC>\\s*<DOCNO>\\s*(\\d+)\\s*</DOCNO>(.*?)</DOC>", Pattern.DOTALL);

  /** A request for documents, and the names of those that people judged relevant. */
  public record Topic(String id, String text, Set<String> relevant) {}

  /** Reads topics and judgements (TREC formats). */
  public static Cacm read(Path folder) throws IOException {
    Map<String, Set<String>> relevant = judgements(folder.resolve("qrels.txt"));
    List<Topic> topics = new ArrayList<>();
    Matcher topic = TOPIC.matcher(Files.readString(folder.resolve("topics.txt")));
    while (topic.find()) {
      String id = topic.group(1);
      if (relevant.containsKey(id)) {
        topics.add(new Topic(id, topic.group(2).strip(), relevant.get(id)));
      }
    }
    if (topics.size() != relevant.size()) {
      throw new IOException(
          folder + " has judgements for " + relevant.size() + " topics but " + topics.size());
    }
    return new Cacm(folder.resolve("cacm.tar.gz"), topics);
  }

  private static Map<String, Set<String>> judgements(Path file) throws IOException {
    Map<String, Set<String>> relevant = new HashMap<>();
    for (String line : Files.readAllLines(file)) {
      String[] words = line.strip().split("\\s+");
      if (words.length == 4 && !words[3].equals("0")) {
        relevant.computeIfAbsent(words[0], t -> new HashSet<>()).add(words[2]);
      }
    }
    return relevant;
  }

  /** Writes the documents into a folder, {@code CACM-0001.html} and so on; returns how many. */
  public int unpack(Path folder) throws IOException {
    return Tar.unpack(archive, folder);
  }
}
