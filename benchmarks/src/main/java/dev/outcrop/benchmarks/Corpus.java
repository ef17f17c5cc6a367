package dev.outcrop.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;

/**
 * Made-up documents, always the same. Each is one paragraph of one chunk, so that a document's text
 * is a chunk's text. Words are drawn with probabilities that fall as in real text (Zipf).
 */
record Corpus(List<String> texts) {
  private static final String[] WORDS =
      """
      the of and to in is for that on with as by are from at an or be this which light river stone \
      keeper water system station signal bridge harbour winter engine paper letter council market \
      valley garden school doctor village mountain railway captain island weather machine library \
      history language music picture window kitchen forest summer evening morning question answer \
      number measure distance pressure current voltage battery copper silver carbon oxygen protein \
      patient hospital treatment disease vaccine kingdom republic election parliament minister law \
      court judge contract payment budget interest company factory worker union export import price \
      harvest cotton barley cattle fishing whale lighthouse compass voyage cargo anchor sailor storm"""
          .split(" ");

  static Corpus of(int documents, int words) {
    Random random = new Random(20_260_101);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < documents; i++) {
      texts.add(text(random, words));
    }
    return new Corpus(texts);
  }

  /** A question in the corpus's words. */
  static String question(int number) {
    return "What does " + text(new Random(number), 8) + " mean?";
  }

  private static String text(Random random, int words) {
    StringJoiner text = new StringJoiner(" ");
    for (int i = 0; i < words; i++) {
      int rank = (int) Math.pow(WORDS.length, random.nextDouble()) - 1;
      String word = WORDS[rank];
      text.add((i + 1) % 12 == 0 ? word + "." : word);
    }
    return text.toString();
  }

  /** Writes one text file per document. */
  void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (int i = 0; i < texts.size(); i++) {
      Files.writeString(folder.resolve("document-" + i + ".txt"), texts.get(i));
    }
  }
}
