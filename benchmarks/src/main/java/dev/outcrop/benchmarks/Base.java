package dev.outcrop.benchmarks;

import dev.outcrop.server.Outcrop;
import java.nio.file.Path;
import java.util.Set;
import software.amazon.awssdk.services.bedrockagent.BedrockAgentClient;
import software.amazon.awssdk.services.bedrockagent.model.DataSourceType;
import software.amazon.awssdk.services.bedrockagent.model.IngestionJob;
import software.amazon.awssdk.services.bedrockagent.model.IngestionJobStatus;
import software.amazon.awssdk.services.bedrockagent.model.KnowledgeBaseStatus;
import software.amazon.awssdk.services.bedrockagent.model.KnowledgeBaseType;

/** A knowledge base over a folder of documents. */
record Base(BedrockAgentClient agent, String id, String source) {
  private static final Set<IngestionJobStatus> ENDS =
      Set.of(IngestionJobStatus.COMPLETE, IngestionJobStatus.FAILED, IngestionJobStatus.STOPPED);

  static Base create(Outcrop outcrop, String name, Path folder) throws InterruptedException {
    outcrop.share(name, folder);
    BedrockAgentClient agent = outcrop.client(BedrockAgentClient.class);
    String id =
        agent
            .createKnowledgeBase(
                r ->
                    r.name(name)
                        .roleArn("arn:aws:iam::000000000000:role/outcrop-benchmark")
                        .knowledgeBaseConfiguration(
                            c ->
                                c.type(KnowledgeBaseType.VECTOR)
                                    .vectorKnowledgeBaseConfiguration(
                                        v ->
                                            v.embeddingModelArn(
                                                "arn:aws:bedrock:us-east-1::foundation-model/"
                                                    + "outcrop.bge-small-en-v1.5"))))
            .knowledgeBase()
            .knowledgeBaseId();
    while (agent.getKnowledgeBase(r -> r.knowledgeBaseId(id)).knowledgeBase().status()
        == KnowledgeBaseStatus.CREATING) {
      Thread.sleep(5);
    }
    String source =
        agent
            .createDataSource(
                r ->
                    r.knowledgeBaseId(id)
                        .name("documents")
                        .dataSourceConfiguration(
                            c ->
                                c.type(DataSourceType.S3)
                                    .s3Configuration(s -> s.bucketArn("arn:aws:s3:::" + name))))
            .dataSource()
            .dataSourceId();
    return new Base(agent, id, source);
  }

  /**
   * Ingests the folder and returns the seconds from StartIngestionJob to COMPLETE. Asking whether
   * it is done takes time from it, so that is done no more often than by a hasty client.
   */
  double ingest(int documents) throws InterruptedException {
    long start = System.nanoTime();
    String job =
        agent
            .startIngestionJob(r -> r.knowledgeBaseId(id).dataSourceId(source))
            .ingestionJob()
            .ingestionJobId();
    IngestionJob now;
    do {
      Thread.sleep(100);
      now =
          agent
              .getIngestionJob(r -> r.knowledgeBaseId(id).dataSourceId(source).ingestionJobId(job))
              .ingestionJob();
    } while (!ENDS.contains(now.status()));
    long end = System.nanoTime();
    if (now.status() != IngestionJobStatus.COMPLETE
        || now.statistics().numberOfNewDocumentsIndexed() != documents) {
      throw new IllegalStateException("the ingestion ended with " + now);
    }
    return (end - start) / 1e9;
  }
}
