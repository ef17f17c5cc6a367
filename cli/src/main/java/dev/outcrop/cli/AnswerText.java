package dev.outcrop.cli;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.bedrockagentruntime.model.Citation;
import software.amazon.awssdk.services.bedrockagentruntime.model.RetrieveAndGenerateResponse;
import software.amazon.awssdk.services.bedrockagentruntime.model.RetrievedReference;

/** An answer and the passages it rests on, for people. */
final class AnswerText {
  private AnswerText() {}

  static String of(RetrieveAndGenerateResponse response, Terminal terminal) {
    StringBuilder text = new StringBuilder(terminal.strong(response.output().text()));
    Set<String> sources = new LinkedHashSet<>();
    for (Citation citation : response.citations()) {
      for (RetrievedReference reference : citation.retrievedReferences()) {
        sources.add(source(reference) + "\n    " + passage(reference));
      }
    }
    int n = 0;
    for (String source : sources) {
      text.append(n == 0 ? "\n\n" : "\n").append('[').append(++n).append("] ").append(source);
    }
    return text.toString();
  }

  private static String source(RetrievedReference reference) {
    Map<String, Document> metadata = reference.metadata();
    StringBuilder line = new StringBuilder(file(reference));
    number(metadata, "x-amz-bedrock-kb-document-page-number")
        .ifPresent(p -> line.append(", page ").append((long) (double) p));
    text(metadata, "x-outcrop-heading").ifPresent(h -> line.append(", ").append(h));
    number(metadata, "x-outcrop-score")
        .ifPresent(s -> line.append(String.format(" (score %.2f)", s)));
    return line.toString();
  }

  private static String file(RetrievedReference reference) {
    if (reference.location() == null || reference.location().s3Location() == null) {
      return "document";
    }
    String uri = reference.location().s3Location().uri();
    int key = uri.indexOf('/', "s3://".length());
    return uri.substring(key + 1);
  }

  private static String passage(RetrievedReference reference) {
    String flat = reference.content().text().strip().replaceAll("\\s+", " ");
    return flat.length() <= 300 ? flat : flat.substring(0, 299) + "…";
  }

  private static Optional<Double> number(Map<String, Document> metadata, String key) {
    Document value = metadata.get(key);
    return value != null && value.isNumber()
        ? Optional.of(value.asNumber().doubleValue())
        : Optional.empty();
  }

  private static Optional<String> text(Map<String, Document> metadata, String key) {
    Document value = metadata.get(key);
    return value != null && value.isString() ? Optional.of(value.asString()) : Optional.empty();
  }
}
