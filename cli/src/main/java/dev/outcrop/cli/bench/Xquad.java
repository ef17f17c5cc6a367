package dev.outcrop.cli.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;
import software.amazon.awssdk.protocols.jsoncore.JsonNodeParser;

/**
 * XQuAD's English part (Artetxe, Ruder and Yogatama 2020): paragraphs of Wikipedia and questions
 * whose answers are spans of them.
 */
public record Xquad(List<Paragraph> paragraphs, List<Question> questions) {

  /** A paragraph; its document is named after its number. */
  public record Paragraph(String name, String text) {

    /** Whether the quote stands in this paragraph around the answer, white space aside. */
    public boolean holds(String quote, Question question) {
      String wanted = squeezed(quote);
      int from = squeezed(text.substring(0, question.start())).length();
      int to = from + squeezed(question.answer()).length();
      String whole = squeezed(text);
      for (int at = whole.indexOf(wanted); at >= 0 && at <= from; ) {
        if (to <= at + wanted.length()) {
          return true;
        }
        at = whole.indexOf(wanted, at + 1);
      }
      return false;
    }

    private static String squeezed(String text) {
      return text.replaceAll("\\s+", "");
    }
  }

  /**
   * A question.
   *
   * @param paragraph where the answer stands
   * @param start the answer's offset in it, in UTF-16 units
   */
  public record Question(String text, Paragraph paragraph, String answer, int start) {}

  /** Reads the SQuAD JSON format. */
  public static Xquad read(Path file) throws IOException {
    Xquad set = new Xquad(new ArrayList<>(), new ArrayList<>());
    try (InputStream in = Files.newInputStream(file)) {
      JsonNode root = JsonNodeParser.create().parse(in);
      for (JsonNode article : list(root, "data")) {
        list(article, "paragraphs").forEach(set::add);
      }
    }
    return set;
  }

  private void add(JsonNode node) {
    String name = String.format("paragraph-%03d.txt", paragraphs.size() + 1);
    Paragraph paragraph = new Paragraph(name, text(node, "context"));
    paragraphs.add(paragraph);
    for (JsonNode question : list(node, "qas")) {
      JsonNode answer = list(question, "answers").getFirst();
      int start = Integer.parseInt(answer.field("answer_start").orElseThrow().asNumber());
      questions.add(
          new Question(
              text(question, "question"),
              paragraph,
              text(answer, "text"),
              paragraph.text().offsetByCodePoints(0, start)));
    }
  }

  private static List<JsonNode> list(JsonNode node, String field) {
    return node.field(field).orElseThrow().asArray();
  }

  private static String text(JsonNode node, String field) {
    return node.field(field).orElseThrow().asString();
  }
}
