package dev.outcrop.knowledge;

import dev.outcrop.knowledge.documents.DocumentRow;
import dev.outcrop.knowledge.index.DocumentKey;
import software.amazon.awssdk.services.bedrockagent.model.ContentDataSourceType;
import software.amazon.awssdk.services.bedrockagent.model.DataSource;
import software.amazon.awssdk.services.bedrockagent.model.DocumentContent;
import software.amazon.awssdk.services.bedrockagent.model.DocumentIdentifier;
import software.amazon.awssdk.services.bedrockagent.model.DocumentStatus;
import software.amazon.awssdk.services.bedrockagent.model.KnowledgeBaseDocumentDetail;

/** Documents as requests and answers name them. */
final class DocumentNames {
  private DocumentNames() {}

  static DocumentKey key(DataSource source, DocumentContent content) {
    requireType(source, content.dataSourceType());
    return content.dataSourceType() == ContentDataSourceType.S3
        ? s3(source, content.s3().s3Location().uri())
        : custom(source, content.custom().customDocumentIdentifier().id());
  }

  static DocumentKey key(DataSource source, DocumentIdentifier identifier) {
    requireType(source, identifier.dataSourceType());
    boolean s3 = identifier.dataSourceType() == ContentDataSourceType.S3;
    if (s3 ? identifier.s3() == null : identifier.custom() == null) {
      throw KnowledgeErrors.invalid(
          "documentIdentifiers: " + (s3 ? "s3" : "custom") + " is missing.");
    }
    return s3 ? s3(source, identifier.s3().uri()) : custom(source, identifier.custom().id());
  }

  private static void requireType(DataSource source, ContentDataSourceType type) {
    String actual = source.dataSourceConfiguration().typeAsString();
    if (!actual.equals(String.valueOf(type))) {
      throw KnowledgeErrors.invalid(
          "Data source "
              + source.dataSourceId()
              + " is of type "
              + actual
              + ", but the request says "
              + type
              + ".");
    }
  }

  private static DocumentKey s3(DataSource source, String uri) {
    return new DocumentKey(source.dataSourceId(), DocumentKey.Kind.S3, uri);
  }

  private static DocumentKey custom(DataSource source, String id) {
    return new DocumentKey(source.dataSourceId(), DocumentKey.Kind.CUSTOM, id);
  }

  static KnowledgeBaseDocumentDetail detail(DataSource source, DocumentRow row) {
    return named(source, row.key())
        .status(row.status())
        .statusReason(row.reason())
        .updatedAt(row.updated())
        .build();
  }

  static KnowledgeBaseDocumentDetail notFound(DataSource source, DocumentKey key) {
    return named(source, key).status(DocumentStatus.NOT_FOUND).build();
  }

  private static KnowledgeBaseDocumentDetail.Builder named(DataSource source, DocumentKey key) {
    DocumentIdentifier.Builder identifier = DocumentIdentifier.builder();
    switch (key.kind()) {
      case S3 -> identifier.dataSourceType(ContentDataSourceType.S3).s3(s -> s.uri(key.id()));
      case CUSTOM ->
          identifier.dataSourceType(ContentDataSourceType.CUSTOM).custom(c -> c.id(key.id()));
    }
    return KnowledgeBaseDocumentDetail.builder()
        .knowledgeBaseId(source.knowledgeBaseId())
        .dataSourceId(source.dataSourceId())
        .identifier(identifier.build());
  }
}
