package dev.outcrop.knowledge;

import dev.outcrop.knowledge.answering.AnswerSink;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.bedrockagentruntime.model.Citation;
import software.amazon.awssdk.services.bedrockagentruntime.model.GeneratedResponsePart;
import software.amazon.awssdk.services.bedrockagentruntime.model.RetrievedReference;

/** An answer in one piece. */
final class CollectedAnswer implements AnswerSink {
  private final StringBuilder text = new StringBuilder();
  private final List<Citation> citations = new ArrayList<>();

  @Override
  public void text(String more) {
    text.append(more);
  }

  @Override
  public void citation(int start, String part, List<Source> sources) {
    citations.add(
        Citation.builder()
            .generatedResponsePart(part(start, part))
            .retrievedReferences(references(sources))
            .build());
  }

  String text() {
    return text.toString();
  }

  List<Citation> citations() {
    return citations;
  }

  /** AWS's span ends at the last character, not behind it. */
  static GeneratedResponsePart part(int start, String part) {
    return GeneratedResponsePart.builder()
        .textResponsePart(
            t -> t.text(part).span(s -> s.start(start).end(start + part.length() - 1)))
        .build();
  }

  static List<RetrievedReference> references(List<Source> sources) {
    return sources.stream().map(s -> References.reference(s.passage(), s.metadata())).toList();
  }
}
