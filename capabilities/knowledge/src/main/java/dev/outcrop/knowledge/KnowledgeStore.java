package dev.outcrop.knowledge;

import dev.outcrop.knowledge.documents.DocumentTable;
import dev.outcrop.knowledge.documents.SubmissionTable;
import dev.outcrop.storage.Database;
import dev.outcrop.storage.Idempotency;
import dev.outcrop.storage.Kind;
import dev.outcrop.storage.PageTokens;
import dev.outcrop.storage.Resources;
import dev.outcrop.storage.Tags;
import dev.outcrop.wire.RequestContext;
import java.time.InstantSource;
import software.amazon.awssdk.services.bedrockagent.model.DataSource;
import software.amazon.awssdk.services.bedrockagent.model.IngestionJob;
import software.amazon.awssdk.services.bedrockagent.model.KnowledgeBase;

/** Everything that is kept of knowledge bases but their indexes. */
final class KnowledgeStore {
  private static final int SCHEMA = 1;

  private final Database database;
  private final InstantSource clock;
  private final Resources<KnowledgeBase> bases;
  private final Resources<DataSource> sources;
  private final Resources<IngestionJob> jobs;
  private final DocumentTable documents;
  private final SubmissionTable submissions;
  private final Tags tags;
  private final Idempotency idempotency;
  private final PageTokens tokens;

  KnowledgeStore(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
    database.migrate("knowledge", SCHEMA, KnowledgeStore.class);
    bases =
        new Resources<>(
            database,
            clock,
            Kind.uniquelyNamed(
                "bedrock.knowledge-base", KnowledgeBase::builder, KnowledgeBase::name));
    sources =
        new Resources<>(
            database,
            clock,
            Kind.uniquelyNamed("bedrock.data-source", DataSource::builder, DataSource::name));
    jobs =
        new Resources<>(database, clock, Kind.of("bedrock.ingestion-job", IngestionJob::builder));
    documents = new DocumentTable(database, clock);
    submissions = new SubmissionTable(database);
    tags = new Tags(database);
    idempotency = new Idempotency(database, clock);
    tokens = new PageTokens(database);
  }

  Database database() {
    return database;
  }

  InstantSource clock() {
    return clock;
  }

  Resources<KnowledgeBase> bases() {
    return bases;
  }

  /** Data sources; their parent is the knowledge base's id. */
  Resources<DataSource> sources() {
    return sources;
  }

  /** Ingestion jobs; their parent is {@link #parent}. */
  Resources<IngestionJob> jobs() {
    return jobs;
  }

  DocumentTable documents() {
    return documents;
  }

  SubmissionTable submissions() {
    return submissions;
  }

  Tags tags() {
    return tags;
  }

  Idempotency idempotency() {
    return idempotency;
  }

  PageTokens tokens() {
    return tokens;
  }

  /** The parent of a data source's ingestion jobs. */
  static String parent(String base, String source) {
    return base + "/" + source;
  }

  static String arn(String base) {
    return RequestContext.current().arn("bedrock", "knowledge-base/" + base);
  }

  /** The knowledge base, or ResourceNotFoundException. */
  KnowledgeBase base(String id) {
    return bases.find(id).orElseThrow(() -> KnowledgeErrors.noBase(id));
  }

  /** The data source of an existing knowledge base, or ResourceNotFoundException. */
  DataSource source(String base, String id) {
    base(base);
    return sources.find(base, id).orElseThrow(() -> KnowledgeErrors.noSource(id));
  }
}
