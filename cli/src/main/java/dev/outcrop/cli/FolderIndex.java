package dev.outcrop.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.bedrockagent.BedrockAgentClient;
import software.amazon.awssdk.services.bedrockagent.model.DataSourceSummary;
import software.amazon.awssdk.services.bedrockagent.model.DataSourceType;
import software.amazon.awssdk.services.bedrockagent.model.IngestionJob;
import software.amazon.awssdk.services.bedrockagent.model.IngestionJobStatistics;
import software.amazon.awssdk.services.bedrockagent.model.IngestionJobStatus;
import software.amazon.awssdk.services.bedrockagent.model.KnowledgeBaseStatus;
import software.amazon.awssdk.services.bedrockagent.model.KnowledgeBaseSummary;
import software.amazon.awssdk.services.bedrockagent.model.KnowledgeBaseType;

/**
 * A folder of documents as a knowledge base, made and kept up to date through the operations any
 * AWS client would use.
 */
final class FolderIndex {
  private static final String EMBEDDING =
      "arn:aws:bedrock:us-east-1::foundation-model/outcrop.bge-small-en-v1.5";
  private static final Duration POLL = Duration.ofMillis(20);

  /** Told how an ingestion is doing. */
  @FunctionalInterface
  interface Watcher {
    void at(IngestionJobStatistics statistics);
  }

  private final Session session;
  private final BedrockAgentClient agent;

  FolderIndex(Session session) {
    this.session = session;
    this.agent = session.client(BedrockAgentClient.class);
  }

  /** The id of the folder's knowledge base, created the first time. */
  String knowledgeBase(Path folder) throws IOException, InterruptedException {
    String name = name(folder);
    session.shareFolder(name, folder);
    Optional<KnowledgeBaseSummary> existing =
        agent.listKnowledgeBasesPaginator(r -> {}).knowledgeBaseSummaries().stream()
            .filter(kb -> kb.name().equals(name) && kb.status() == KnowledgeBaseStatus.ACTIVE)
            .findFirst();
    return existing.isPresent() ? existing.get().knowledgeBaseId() : create(name, folder);
  }

  private String create(String name, Path folder) throws InterruptedException {
    String id =
        agent
            .createKnowledgeBase(
                r ->
                    r.name(name)
                        .description(describe(folder))
                        .roleArn("arn:aws:iam::000000000000:role/outcrop-ask")
                        .knowledgeBaseConfiguration(
                            c ->
                                c.type(KnowledgeBaseType.VECTOR)
                                    .vectorKnowledgeBaseConfiguration(
                                        v -> v.embeddingModelArn(EMBEDDING))))
            .knowledgeBase()
            .knowledgeBaseId();
    while (agent.getKnowledgeBase(r -> r.knowledgeBaseId(id)).knowledgeBase().status()
        == KnowledgeBaseStatus.CREATING) {
      Thread.sleep(POLL);
    }
    return id;
  }

  /**
   * Brings the index up to the folder's present state; a job that is already running is waited for
   * first.
   */
  IngestionJob refresh(String knowledgeBase, Path folder, Watcher watcher)
      throws InterruptedException {
    String source = dataSource(knowledgeBase, folder);
    for (var running :
        agent
            .listIngestionJobsPaginator(r -> r.knowledgeBaseId(knowledgeBase).dataSourceId(source))
            .ingestionJobSummaries()) {
      if (!finished(running.status())) {
        await(knowledgeBase, source, running.ingestionJobId(), watcher);
      }
    }
    String job =
        agent
            .startIngestionJob(r -> r.knowledgeBaseId(knowledgeBase).dataSourceId(source))
            .ingestionJob()
            .ingestionJobId();
    return await(knowledgeBase, source, job, watcher);
  }

  private String dataSource(String knowledgeBase, Path folder) {
    List<DataSourceSummary> sources =
        agent.listDataSources(r -> r.knowledgeBaseId(knowledgeBase)).dataSourceSummaries();
    if (!sources.isEmpty()) {
      return sources.getFirst().dataSourceId();
    }
    return agent
        .createDataSource(
            r ->
                r.knowledgeBaseId(knowledgeBase)
                    .name("folder")
                    .dataSourceConfiguration(
                        c ->
                            c.type(DataSourceType.S3)
                                .s3Configuration(s -> s.bucketArn("arn:aws:s3:::" + name(folder)))))
        .dataSource()
        .dataSourceId();
  }

  private IngestionJob await(String knowledgeBase, String source, String job, Watcher watcher)
      throws InterruptedException {
    while (true) {
      IngestionJob now =
          agent
              .getIngestionJob(
                  r -> r.knowledgeBaseId(knowledgeBase).dataSourceId(source).ingestionJobId(job))
              .ingestionJob();
      watcher.at(now.statistics());
      if (finished(now.status())) {
        return now;
      }
      Thread.sleep(POLL);
    }
  }

  private static boolean finished(IngestionJobStatus status) {
    return status == IngestionJobStatus.COMPLETE
        || status == IngestionJobStatus.FAILED
        || status == IngestionJobStatus.STOPPED;
  }

  private static String describe(Path folder) {
    String text = "The folder " + folder;
    return text.length() <= 200 ? text : text.substring(0, 199) + "…";
  }

  /** The same folder always has the same bucket and knowledge base, whatever path led to it. */
  private static String name(Path folder) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(folder.toString().getBytes(StandardCharsets.UTF_8));
      return "folder-" + HexFormat.of().formatHex(hash, 0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
