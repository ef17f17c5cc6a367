package dev.outcrop.knowledge;

import dev.outcrop.knowledge.Embedder.Purpose;
import dev.outcrop.knowledge.index.ChunkIndex;
import dev.outcrop.knowledge.index.Hit;
import dev.outcrop.knowledge.index.Indexes;
import dev.outcrop.knowledge.index.MetadataFilter;
import dev.outcrop.knowledge.index.Search;
import dev.outcrop.knowledge.ingestion.Workshop;
import java.util.List;
import org.apache.lucene.search.Query;
import software.amazon.awssdk.services.bedrockagent.model.KnowledgeBase;
import software.amazon.awssdk.services.bedrockagent.model.KnowledgeBaseStatus;
import software.amazon.awssdk.services.bedrockagentruntime.model.KnowledgeBaseRetrievalConfiguration;
import software.amazon.awssdk.services.bedrockagentruntime.model.KnowledgeBaseVectorSearchConfiguration;

/** Finds the passages of a knowledge base for a question. */
final class Passages {
  /** As at AWS. */
  static final int DEFAULT_RESULTS = 5;

  private static final int MOST_RESULTS = 100;

  private final KnowledgeStore store;
  private final Indexes indexes;
  private final Embedder embedder;
  private final Search.Mode defaultMode;

  Passages(KnowledgeStore store, Indexes indexes, Embedder embedder, Search.Mode defaultMode) {
    this.store = store;
    this.indexes = indexes;
    this.embedder = embedder;
    this.defaultMode = defaultMode;
  }

  /**
   * What was found.
   *
   * @param hits best first
   * @param model the embedding model
   * @param question the question's vector; null when it was not needed
   */
  record Found(List<Hit> hits, Embedder.Model model, float[] question) {}

  /** The passages of the ranks from {@code offset}, {@code limit} at most. */
  Found find(
      KnowledgeBase base,
      String question,
      KnowledgeBaseRetrievalConfiguration configuration,
      int offset,
      int limit) {
    KnowledgeBaseVectorSearchConfiguration options =
        configuration == null ? null : configuration.vectorSearchConfiguration();
    Search.Mode mode = mode(options);
    Query filter = filter(options);
    if (question == null || question.isBlank()) {
      throw RetrievalErrors.invalid("The question must have text.");
    }
    Embedder.Model model = Workshop.model(base);
    ChunkIndex index = indexes.of(base.knowledgeBaseId());
    float[] vector = mode == Search.Mode.KEYWORD ? null : vector(model, question);
    List<Hit> hits = index.find(new Search(question, vector, mode, filter, offset, limit));
    return new Found(hits, model, vector);
  }

  /** The question's vector. */
  float[] vector(Embedder.Model model, String question) {
    return RetrievalErrors.withModels(() -> embedder.embed(model, question, Purpose.QUERY));
  }

  /** The knowledge base, if it can be asked. */
  KnowledgeBase base(String id) {
    KnowledgeBase base = store.bases().find(id).orElseThrow(() -> RetrievalErrors.noBase(id));
    if (base.status() != KnowledgeBaseStatus.ACTIVE) {
      throw RetrievalErrors.conflict("Knowledge Base " + id + " is " + base.status() + ".");
    }
    return base;
  }

  static int results(KnowledgeBaseRetrievalConfiguration configuration) {
    KnowledgeBaseVectorSearchConfiguration options =
        configuration == null ? null : configuration.vectorSearchConfiguration();
    if (options == null || options.numberOfResults() == null) {
      return DEFAULT_RESULTS;
    }
    int results = options.numberOfResults();
    if (results < 1 || results > MOST_RESULTS) {
      throw RetrievalErrors.invalid("numberOfResults must be 1 to " + MOST_RESULTS + ".");
    }
    return results;
  }

  private Search.Mode mode(KnowledgeBaseVectorSearchConfiguration options) {
    String asked = options == null ? null : options.overrideSearchTypeAsString();
    return switch (asked) {
      case null -> defaultMode;
      case "HYBRID" -> Search.Mode.HYBRID;
      case "SEMANTIC" -> Search.Mode.SEMANTIC;
      default -> throw RetrievalErrors.invalid("overrideSearchType must be HYBRID or SEMANTIC.");
    };
  }

  private static Query filter(KnowledgeBaseVectorSearchConfiguration options) {
    if (options == null || options.filter() == null) {
      return null;
    }
    try {
      return MetadataFilter.query(options.filter());
    } catch (IllegalArgumentException e) {
      throw RetrievalErrors.invalid("The filter is not valid: " + e.getMessage() + ".");
    }
  }
}
