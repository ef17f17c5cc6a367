package dev.outcrop.knowledge;

import dev.outcrop.jobs.Jobs;
import dev.outcrop.knowledge.answering.Conversation;
import dev.outcrop.knowledge.answering.ModelAnswer;
import dev.outcrop.knowledge.answering.Quotes;
import dev.outcrop.knowledge.answering.SentenceVectors;
import dev.outcrop.knowledge.index.Indexes;
import dev.outcrop.knowledge.index.Search;
import dev.outcrop.knowledge.ingestion.Workshop;
import dev.outcrop.knowledge.parsing.DocumentParser;
import dev.outcrop.storage.Database;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import software.amazon.awssdk.services.bedrock.BedrockClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Knowledge bases, put together. Make it before {@link Jobs#start}; close it after the jobs and
 * before the database.
 */
public final class Knowledge implements AutoCloseable {
  private final Indexes indexes;
  private final List<Object> capabilities;

  /**
   * What knowledge bases work with.
   *
   * @param folder where the indexes lie, one folder for each knowledge base
   * @param tokens counts tokens as embedding models do
   * @param ranking what ranks passages when a request doesn't say
   */
  public record Parts(
      Database database,
      Jobs jobs,
      Path folder,
      InstantSource clock,
      DocumentParser parser,
      TokenCounter tokens,
      Clients clients,
      Search.Mode ranking) {}

  /** The services that knowledge bases use. */
  public record Clients(
      BedrockClient bedrock,
      BedrockRuntimeClient models,
      BedrockRuntimeAsyncClient streams,
      S3Client objects) {}

  public Knowledge(Parts parts) {
    indexes = new Indexes(parts.folder());
    KnowledgeStore store = new KnowledgeStore(parts.database(), parts.clock());
    Embedder embedder = new Embedder(parts.clients().models());
    Workshop workshop =
        new Workshop(
            parts.database(),
            parts.clock(),
            store.documents(),
            indexes,
            parts.clients().objects(),
            parts.parser(),
            parts.tokens(),
            embedder);
    EmbeddingModels models = new EmbeddingModels(parts.clients().bedrock(), embedder);
    Passages passages = new Passages(store, indexes, embedder, parts.ranking());
    Generation generation =
        new Generation(
            passages,
            new Sessions(parts.database(), parts.clock()),
            new Quotes(new SentenceVectors(embedder)),
            new ModelAnswer(new Conversation(parts.clients().streams())),
            parts.clock());
    capabilities =
        List.of(
            new KnowledgeBases(store, indexes, models, parts.jobs()),
            new DataSources(store, indexes, parts.tokens(), parts.jobs()),
            new IngestionJobs(store, workshop, parts.jobs()),
            new Documents(store, workshop, parts.jobs()),
            new KnowledgeBaseTags(store),
            new Retrieval(store, passages),
            generation);
  }

  /** The objects whose public methods are operations. */
  public List<Object> capabilities() {
    return capabilities;
  }

  /** Closes the indexes; what was committed is on the disk. */
  @Override
  public void close() {
    indexes.close();
  }
}
