package dev.outcrop.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.bedrockagentruntime.model.Citation;
import software.amazon.awssdk.services.bedrockagentruntime.model.RetrieveAndGenerateResponse;
import software.amazon.awssdk.services.bedrockagentruntime.model.RetrievedReference;

/** An answer with numbers at its cited parts, and under it the passages they stand for. */
final class AnswerText {
  private static final int EXCERPT = 240;
  private final Map<String, Integer> numbers = new LinkedHashMap<>();
  private final List<String> sources = new ArrayList<>();

  private AnswerText() {}

  static String of(RetrieveAndGenerateResponse response, Terminal terminal) {
    AnswerText text = new AnswerText();
    String answer = text.numbered(response);
    return terminal.strong(answer)
        + text.sources.stream().map(s -> "\n" + s).collect(Collectors.joining("", "\n", ""));
  }

  private String numbered(RetrieveAndGenerateResponse response) {
    String answer = response.output().text();
    StringBuilder text = new StringBuilder();
    int done = 0;
    for (Citation citation : response.citations()) {
      var part = citation.generatedResponsePart().textResponsePart();
      int end =
          Math.min(answer.length(), part.span().end() + 1); // AWS counts the last character in
      List<Integer> marks =
          citation.retrievedReferences().stream()
              .map(r -> number(r, part.text()))
              .distinct()
              .toList();
      if (end > done && !marks.isEmpty()) {
        text.append(answer, done, end).append(' ').append(marks);
        done = end;
      }
    }
    return text.append(answer.substring(done)).toString();
  }

  private int number(RetrievedReference reference, String quoted) {
    String source = source(reference);
    Integer known = numbers.get(source);
    if (known != null) {
      return known;
    }
    int number = numbers.size() + 1;
    numbers.put(source, number);
    sources.add(
        "[" + number + "] " + source + "\n    " + excerpt(reference.content().text(), quoted));
    return number;
  }

  private static String source(RetrievedReference reference) {
    Map<String, Document> metadata = reference.metadata();
    StringBuilder line = new StringBuilder(file(reference));
    Document page = metadata.get("x-amz-bedrock-kb-document-page-number");
    if (page != null && page.isNumber()) {
      line.append(", page ").append(page.asNumber().intValue());
    }
    Document headings = metadata.get("x-outcrop-headings");
    if (headings != null && headings.isList()) {
      line.append(", ")
          .append(
              headings.asList().stream()
                  .map(Document::asString)
                  .collect(Collectors.joining(" > ")));
    }
    Document score = metadata.get("x-outcrop-score");
    if (score != null && score.isNumber()) {
      line.append(String.format(Locale.ROOT, " (score %.2f)", score.asNumber().doubleValue()));
    }
    return line.toString();
  }

  private static String file(RetrievedReference reference) {
    if (reference.location() == null || reference.location().s3Location() == null) {
      return "document";
    }
    String uri = reference.location().s3Location().uri();
    return uri.substring(uri.indexOf('/', "s3://".length()) + 1);
  }

  /** The passage around what was quoted, or its beginning. */
  private static String excerpt(String passage, String quoted) {
    String flat = passage.strip().replaceAll("\\s+", " ");
    int at = Math.max(0, flat.indexOf(quoted.strip().replaceAll("\\s+", " ")));
    int from = Math.max(0, Math.min(at - EXCERPT / 4, flat.length() - EXCERPT));
    int to = Math.min(flat.length(), from + EXCERPT);
    return (from > 0 ? "…" : "") + flat.substring(from, to) + (to < flat.length() ? "…" : "");
  }
}
