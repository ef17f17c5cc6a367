package dev.outcrop.knowledge;

import dev.outcrop.jobs.Jobs;
import dev.outcrop.knowledge.index.Search;
import dev.outcrop.models.ChatModel;
import dev.outcrop.models.EmbeddingModel;
import dev.outcrop.models.FoundationModels;
import dev.outcrop.models.Inference;
import dev.outcrop.models.ModelEntry;
import dev.outcrop.models.Models;
import dev.outcrop.models.Provider;
import dev.outcrop.models.bodies.Families;
import dev.outcrop.models.catalogue.Catalogue;
import dev.outcrop.models.catalogue.CatalogueEntry;
import dev.outcrop.models.catalogue.ModelsSettings;
import dev.outcrop.models.files.ModelFiles;
import dev.outcrop.models.onnx.OnnxProvider;
import dev.outcrop.objects.ObjectStore;
import dev.outcrop.storage.Database;
import dev.outcrop.wire.Capabilities;
import dev.outcrop.wire.LocalClients;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.services.bedrock.BedrockClient;
import software.amazon.awssdk.services.bedrockagent.BedrockAgentClient;
import software.amazon.awssdk.services.bedrockagent.model.CreateKnowledgeBaseRequest;
import software.amazon.awssdk.services.bedrockagent.model.DataSource;
import software.amazon.awssdk.services.bedrockagent.model.DataSourceType;
import software.amazon.awssdk.services.bedrockagent.model.IngestionJob;
import software.amazon.awssdk.services.bedrockagent.model.IngestionJobStatus;
import software.amazon.awssdk.services.bedrockagent.model.KnowledgeBase;
import software.amazon.awssdk.services.bedrockagent.model.KnowledgeBaseStatus;
import software.amazon.awssdk.services.bedrockagent.model.KnowledgeBaseType;
import software.amazon.awssdk.services.bedrockagentruntime.BedrockAgentRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockagentruntime.BedrockAgentRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.s3.S3Client;

/** A server's inside without sockets: real storage, jobs, models, objects and knowledge bases. */
final class Running implements AutoCloseable {
  static final String EMBEDDINGS =
      "arn:aws:bedrock:us-east-1::foundation-model/amazon.titan-embed-text-v2:0";
  static final String ROLE = "arn:aws:iam::000000000000:role/knowledge";
  static final String CHAT = "test.scripted-v1";

  final MovableClock clock = new MovableClock();
  final Database database;
  final Jobs jobs;
  final PlainParser parser = new PlainParser();
  final ScriptedChat chat = new ScriptedChat();
  final Knowledge knowledge;
  final BedrockAgentClient agent;
  final BedrockAgentRuntimeClient runtime;
  final BedrockAgentRuntimeAsyncClient streams;
  final S3Client s3;
  private final Models models;

  Running(Path home) {
    database = Database.open(home.resolve("outcrop.db"));
    jobs = new Jobs(database, clock, 4);
    Catalogue catalogue =
        Catalogue.of(
            new ModelsSettings(
                List.of(
                    new CatalogueEntry(
                        CHAT,
                        null,
                        "Test",
                        "scripted",
                        ModelEntry.Kind.CHAT,
                        null,
                        null,
                        0,
                        null,
                        false,
                        Map.of(),
                        null,
                        null)),
                Map.of(),
                1000));
    models =
        new Models(
            catalogue,
            new ModelFiles(home.resolve("models")),
            List.of(new OnnxProvider(Path.of("target/native")), new Scripted()));
    List<Object> capabilities =
        new ArrayList<>(
            List.of(
                new Inference(models, 1000, Families.standard()),
                new FoundationModels(models::catalogue)));
    capabilities.addAll(ObjectStore.open(database, home, clock).capabilities());
    Capabilities lower = Capabilities.of(capabilities.toArray());
    s3 = LocalClients.create(S3Client.class, lower);
    knowledge =
        new Knowledge(
            new Knowledge.Parts(
                database,
                jobs,
                home.resolve("knowledge"),
                clock,
                parser,
                new ModelTokens(),
                new Knowledge.Clients(
                    LocalClients.create(BedrockClient.class, lower),
                    LocalClients.create(BedrockRuntimeClient.class, lower),
                    LocalClients.create(BedrockRuntimeAsyncClient.class, lower),
                    s3),
                Search.Mode.HYBRID));
    jobs.start();
    Capabilities upper = Capabilities.of(knowledge.capabilities().toArray());
    agent = client(BedrockAgentClient.class, upper);
    runtime = client(BedrockAgentRuntimeClient.class, upper);
    streams = client(BedrockAgentRuntimeAsyncClient.class, upper);
  }

  private static <T extends SdkClient> T client(Class<T> type, Capabilities capabilities) {
    return LocalClients.create(type, capabilities);
  }

  private final class ModelTokens implements TokenCounter {
    @Override
    public int count(String modelArn, String text) {
      return models.embedding(modelArn).countTokens(text);
    }

    @Override
    public int window(String modelArn) {
      return models.embedding(modelArn).window();
    }
  }

  private final class Scripted implements Provider {
    @Override
    public String name() {
      return "scripted";
    }

    @Override
    public ChatModel chat(ModelEntry entry) {
      return chat;
    }

    @Override
    public EmbeddingModel embedding(ModelEntry entry) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }

  KnowledgeBase base(String name) {
    KnowledgeBase base = agent.createKnowledgeBase(request(name)).knowledgeBase();
    until(() -> status(base.knowledgeBaseId()) == KnowledgeBaseStatus.ACTIVE);
    return base;
  }

  KnowledgeBaseStatus status(String base) {
    return agent.getKnowledgeBase(r -> r.knowledgeBaseId(base)).knowledgeBase().status();
  }

  static CreateKnowledgeBaseRequest request(String name) {
    return CreateKnowledgeBaseRequest.builder()
        .name(name)
        .roleArn(ROLE)
        .knowledgeBaseConfiguration(
            c ->
                c.type(KnowledgeBaseType.VECTOR)
                    .vectorKnowledgeBaseConfiguration(v -> v.embeddingModelArn(EMBEDDINGS)))
        .build();
  }

  DataSource custom(String base, String name) {
    return agent
        .createDataSource(
            r ->
                r.knowledgeBaseId(base)
                    .name(name)
                    .dataSourceConfiguration(c -> c.type(DataSourceType.CUSTOM)))
        .dataSource();
  }

  DataSource bucket(String base, String name, String bucket) {
    return agent
        .createDataSource(
            r ->
                r.knowledgeBaseId(base)
                    .name(name)
                    .dataSourceConfiguration(
                        c ->
                            c.type(DataSourceType.S3)
                                .s3Configuration(s -> s.bucketArn("arn:aws:s3:::" + bucket))))
        .dataSource();
  }

  IngestionJob ingest(DataSource source) {
    String id =
        agent
            .startIngestionJob(
                r ->
                    r.knowledgeBaseId(source.knowledgeBaseId()).dataSourceId(source.dataSourceId()))
            .ingestionJob()
            .ingestionJobId();
    until(() -> ended(job(source, id).status()));
    return job(source, id);
  }

  static boolean ended(IngestionJobStatus status) {
    return !IngestionJobs.ACTIVE.contains(status);
  }

  IngestionJob job(DataSource source, String id) {
    return agent
        .getIngestionJob(
            r ->
                r.knowledgeBaseId(source.knowledgeBaseId())
                    .dataSourceId(source.dataSourceId())
                    .ingestionJobId(id))
        .ingestionJob();
  }

  static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("did not happen within a minute");
      }
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  @Override
  public void close() {
    jobs.close();
    knowledge.close();
    models.close();
    database.close();
  }
}
