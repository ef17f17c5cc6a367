package dev.outcrop.knowledge.ingestion;

import dev.outcrop.knowledge.Embedder;
import dev.outcrop.knowledge.Embedder.Purpose;
import dev.outcrop.knowledge.TokenCounter;
import dev.outcrop.knowledge.documents.DocumentTable;
import dev.outcrop.knowledge.index.ChunkIndex;
import dev.outcrop.knowledge.index.Indexes;
import dev.outcrop.knowledge.parsing.DocumentParser;
import dev.outcrop.storage.Database;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.services.bedrockagent.model.DataSource;
import software.amazon.awssdk.services.bedrockagent.model.KnowledgeBase;
import software.amazon.awssdk.services.bedrockruntime.model.ModelNotReadyException;
import software.amazon.awssdk.services.bedrockruntime.model.ServiceUnavailableException;
import software.amazon.awssdk.services.bedrockruntime.model.ThrottlingException;
import software.amazon.awssdk.services.s3.S3Client;

/** What ingestion works with. */
public record Workshop(
    Database database,
    InstantSource clock,
    DocumentTable documents,
    Indexes indexes,
    S3Client s3,
    DocumentParser parser,
    TokenCounter tokens,
    Embedder embedder) {
  private static final int TRIES = 4;

  Preparation preparation(KnowledgeBase base, DataSource source) {
    var configuration = source.vectorIngestionConfiguration();
    return new Preparation(
        parser,
        new Chunking(tokens, model(base).arn())
            .chunker(configuration == null ? null : configuration.chunkingConfiguration()));
  }

  IndexingLine line(
      ChunkIndex index, KnowledgeBase base, Consumer<List<Result>> ledger, Runnable check) {
    Embedder.Model model = model(base);
    return new IndexingLine(index, text -> embed(model, text), ledger, check);
  }

  /** The index; if its files were lost, all documents count as not indexed. */
  ChunkIndex index(KnowledgeBase base) {
    ChunkIndex index = indexes.of(base.knowledgeBaseId());
    if (index.size() == 0 && documents.anyIndexed(base.knowledgeBaseId())) {
      documents.forgetVersions(base.knowledgeBaseId());
    }
    return index;
  }

  private float[] embed(Embedder.Model model, String text) {
    for (int attempt = 1; ; attempt++) {
      try {
        return embedder.embed(model, text, Purpose.DOCUMENT);
      } catch (ThrottlingException | ServiceUnavailableException | ModelNotReadyException e) {
        if (attempt == TRIES) {
          throw e;
        }
        pause(Duration.ofMillis(250L << attempt));
      }
    }
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped", e);
    }
  }

  /** The embedding model of a knowledge base. */
  public static Embedder.Model model(KnowledgeBase base) {
    var vectors = base.knowledgeBaseConfiguration().vectorKnowledgeBaseConfiguration();
    var options = vectors.embeddingModelConfiguration();
    var bedrock = options == null ? null : options.bedrockEmbeddingModelConfiguration();
    return new Embedder.Model(
        vectors.embeddingModelArn(), bedrock == null ? null : bedrock.dimensions());
  }
}
