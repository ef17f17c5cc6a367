package dev.outcrop.knowledge.answering;

import dev.outcrop.knowledge.index.Hit;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The prompt around a question: {@code $search_results$}, {@code $query$}, {@code
 * $output_format_instructions$} and {@code $current_time$} are filled in.
 */
public final class PromptTemplate {
  static final String SEARCH_RESULTS = "$search_results$";

  /** Used when the request has none. */
  public static final String DEFAULT =
      """
      You answer questions from search results. Use only what the search results below say. \
      If they do not hold the answer, say that you could not find it. What the user takes for \
      granted need not be true: check it against the search results.

      Search results, numbered:
      $search_results$

      $output_format_instructions$""";

  private static final String OUTPUT_FORMAT =
      """
      Answer in a few plain sentences. Behind each sentence write the number of the search \
      result it rests on in square brackets, for example [1], or [1, 3] for several.""";

  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\$(search_results|query|output_format_instructions|current_time)\\$");

  private PromptTemplate() {}

  /**
   * Fills in a template.
   *
   * @throws IllegalArgumentException when it has no place for the search results
   */
  public static String fill(String template, String question, List<Hit> passages, Instant now) {
    if (!template.contains(SEARCH_RESULTS)) {
      throw new IllegalArgumentException(
          "the prompt template must hold the placeholder " + SEARCH_RESULTS);
    }
    Map<String, String> values =
        Map.of(
            "search_results",
            numbered(passages),
            "query",
            question,
            "output_format_instructions",
            OUTPUT_FORMAT,
            "current_time",
            now.toString());
    return PLACEHOLDER
        .matcher(template)
        .replaceAll(place -> Matcher.quoteReplacement(values.get(place.group(1))));
  }

  private static String numbered(List<Hit> passages) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < passages.size(); i++) {
      text.append('[').append(i + 1).append("] ").append(passages.get(i).text()).append("\n\n");
    }
    return text.toString().strip();
  }
}
