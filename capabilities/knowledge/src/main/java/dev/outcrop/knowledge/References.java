package dev.outcrop.knowledge;

import dev.outcrop.knowledge.index.Attribute;
import dev.outcrop.knowledge.index.Hit;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.bedrockagentruntime.model.KnowledgeBaseRetrievalResult;
import software.amazon.awssdk.services.bedrockagentruntime.model.RetrievalResultContent;
import software.amazon.awssdk.services.bedrockagentruntime.model.RetrievalResultContentType;
import software.amazon.awssdk.services.bedrockagentruntime.model.RetrievalResultLocation;
import software.amazon.awssdk.services.bedrockagentruntime.model.RetrievalResultLocationType;
import software.amazon.awssdk.services.bedrockagentruntime.model.RetrievedReference;

/** Found passages as responses carry them. */
final class References {
  private References() {}

  static KnowledgeBaseRetrievalResult result(Hit hit) {
    return KnowledgeBaseRetrievalResult.builder()
        .content(content(hit))
        .location(location(hit))
        .metadata(metadata(hit))
        .score(hit.score())
        .build();
  }

  /**
   * A reference of a citation.
   *
   * @param more metadata to add
   */
  static RetrievedReference reference(Hit hit, Map<String, Document> more) {
    Map<String, Document> metadata = metadata(hit);
    metadata.putAll(more);
    return RetrievedReference.builder()
        .content(content(hit))
        .location(location(hit))
        .metadata(metadata)
        .build();
  }

  private static RetrievalResultContent content(Hit hit) {
    return RetrievalResultContent.builder()
        .type(RetrievalResultContentType.TEXT)
        .text(hit.text())
        .build();
  }

  private static RetrievalResultLocation location(Hit hit) {
    String id = hit.document().id();
    RetrievalResultLocation.Builder location = RetrievalResultLocation.builder();
    return switch (hit.document().kind()) {
      case S3 -> location.type(RetrievalResultLocationType.S3).s3Location(s -> s.uri(id)).build();
      case CUSTOM ->
          location
              .type(RetrievalResultLocationType.CUSTOM)
              .customDocumentLocation(c -> c.id(id))
              .build();
    };
  }

  private static Map<String, Document> metadata(Hit hit) {
    Map<String, Document> metadata = new LinkedHashMap<>();
    for (Map.Entry<String, Attribute> attribute : hit.attributes().entrySet()) {
      metadata.put(attribute.getKey(), attribute.getValue().document());
    }
    metadata.put("x-outcrop-score", Document.fromNumber(hit.score()));
    if (!hit.headings().isEmpty()) {
      metadata.put(
          "x-outcrop-headings",
          Document.fromList(hit.headings().stream().map(Document::fromString).toList()));
    }
    return metadata;
  }
}
