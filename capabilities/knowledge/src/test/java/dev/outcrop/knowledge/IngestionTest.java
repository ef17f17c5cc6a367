package dev.outcrop.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.bedrockagent.model.ConflictException;
import software.amazon.awssdk.services.bedrockagent.model.DataDeletionPolicy;
import software.amazon.awssdk.services.bedrockagent.model.DataSource;
import software.amazon.awssdk.services.bedrockagent.model.IngestionJob;
import software.amazon.awssdk.services.bedrockagent.model.IngestionJobStatus;
import software.amazon.awssdk.services.bedrockagent.model.KnowledgeBase;
import software.amazon.awssdk.services.bedrockagent.model.ResourceNotFoundException;
import software.amazon.awssdk.services.bedrockagentruntime.model.KnowledgeBaseRetrievalResult;
import software.amazon.awssdk.services.bedrockagentruntime.model.RetrieveRequest;

class IngestionTest {
  @TempDir static Path home;
  private static Running running;
  private static int tests;
  private String bucket;
  private KnowledgeBase base;
  private DataSource source;

  @BeforeAll
  static void start() {
    running = new Running(home);
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  @BeforeEach
  void prepare() {
    bucket = "papers-" + tests;
    running.s3.createBucket(b -> b.bucket(bucket));
    base = running.base("library-" + tests++);
    source = running.bucket(base.knowledgeBaseId(), "papers", bucket);
  }

  @Test
  void syncsWhatIsNewChangedAndGone() {
    put("tea.txt", "Tea is brewed at ninety degrees.");
    put("tea.txt.metadata.json", "{\"metadataAttributes\": {\"drink\": \"tea\", \"year\": 2020}}");
    put("coffee.txt", "Coffee beans are roasted before they are ground.");
    put("bad.txt", "%BROKEN");
    IngestionJob first = running.ingest(source);
    assertThat(first.status()).isEqualTo(IngestionJobStatus.COMPLETE);
    assertStatistics(first, 3, 1, 2, 0, 0, 0, 1);
    assertThat(first.failureReasons())
        .containsExactly(
            "Encountered error: The file is broken. [Files: s3://" + bucket + "/bad.txt]");
    KnowledgeBaseRetrievalResult best = find("How hot should tea be?").getFirst();
    assertThat(best.location().s3Location().uri()).isEqualTo("s3://" + bucket + "/tea.txt");
    assertThat(best.metadata())
        .containsEntry("drink", Document.fromString("tea"))
        .containsEntry("year", Document.fromNumber(2020))
        .containsEntry(
            "x-amz-bedrock-kb-data-source-id", Document.fromString(source.dataSourceId()))
        .containsEntry(
            "x-amz-bedrock-kb-source-uri", Document.fromString("s3://" + bucket + "/tea.txt"));

    put("tea.txt", "Green tea is brewed at seventy degrees.");
    put("bad.txt", "Mended.");
    running.s3.deleteObject(d -> d.bucket(bucket).key("coffee.txt"));
    IngestionJob second = running.ingest(source);
    assertStatistics(second, 2, 1, 1, 1, 0, 1, 0);
    assertThat(find("coffee beans")).noneMatch(r -> uri(r).endsWith("coffee.txt"));
    assertThat(find("How hot should tea be?").getFirst().content().text()).contains("seventy");

    put("tea.txt.metadata.json", "{\"metadataAttributes\": {\"drink\": \"green tea\"}}");
    assertStatistics(running.ingest(source), 2, 1, 0, 0, 1, 0, 0);
    assertThat(find("How hot should tea be?").getFirst().metadata())
        .containsEntry("drink", Document.fromString("green tea"))
        .doesNotContainKey("year");

    assertStatistics(running.ingest(source), 2, 1, 0, 0, 0, 0, 0);
  }

  @Test
  void metadataChangesWithoutReadingTheDocumentAgain() {
    put("tea.txt", "# Tea\n\nTea is brewed hot.\f" + "Green tea is not. ".repeat(80));
    running.ingest(source);
    List<KnowledgeBaseRetrievalResult> before = find("Is tea hot?");
    assertThat(before).hasSizeGreaterThan(1);
    int read = running.parser.documents.get();

    put("tea.txt.metadata.json", "{\"metadataAttributes\": {\"drink\": true}}");
    assertStatistics(running.ingest(source), 1, 1, 0, 0, 1, 0, 0);
    assertThat(running.parser.documents.get()).isEqualTo(read);
    List<KnowledgeBaseRetrievalResult> after = find("Is tea hot?");
    assertThat(after)
        .allSatisfy(
            r -> assertThat(r.metadata()).containsEntry("drink", Document.fromBoolean(true)))
        .extracting(r -> withoutDrink(r))
        .isEqualTo(before);

    running.s3.deleteObject(d -> d.bucket(bucket).key("tea.txt.metadata.json"));
    assertStatistics(running.ingest(source), 1, 0, 0, 0, 1, 0, 0);
    assertThat(find("Is tea hot?")).isEqualTo(before);
    assertThat(running.parser.documents.get()).isEqualTo(read);
  }

  private static KnowledgeBaseRetrievalResult withoutDrink(KnowledgeBaseRetrievalResult result) {
    Map<String, Document> metadata = new HashMap<>(result.metadata());
    metadata.remove("drink");
    return result.toBuilder().metadata(metadata).build();
  }

  @Test
  void aBucketThatDoesNotExistFailsTheJob() {
    DataSource lost = running.bucket(base.knowledgeBaseId(), "lost", "no-such-bucket");
    IngestionJob job = running.ingest(lost);
    assertThat(job.status()).isEqualTo(IngestionJobStatus.FAILED);
    assertThat(job.failureReasons().getFirst()).contains("bucket");
  }

  @Test
  void oneJobAtATimeAndItCanBeStopped() {
    for (int i = 0; i < 60; i++) {
      put("doc" + i + ".txt", "Number " + i + ". " + "Words to embed. ".repeat(40));
    }
    String id =
        running
            .agent
            .startIngestionJob(
                r -> r.knowledgeBaseId(base.knowledgeBaseId()).dataSourceId(source.dataSourceId()))
            .ingestionJob()
            .ingestionJobId();
    assertThatThrownBy(
            () ->
                running.agent.startIngestionJob(
                    r ->
                        r.knowledgeBaseId(base.knowledgeBaseId())
                            .dataSourceId(source.dataSourceId())))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining(id);
    Running.until(() -> running.job(source, id).statistics().numberOfNewDocumentsIndexed() > 0);
    running.agent.stopIngestionJob(
        r ->
            r.knowledgeBaseId(base.knowledgeBaseId())
                .dataSourceId(source.dataSourceId())
                .ingestionJobId(id));
    Running.until(() -> Running.ended(running.job(source, id).status()));
    IngestionJob stopped = running.job(source, id);
    assertThat(stopped.status()).isEqualTo(IngestionJobStatus.STOPPED);
    long done = stopped.statistics().numberOfNewDocumentsIndexed();
    assertThat(running.ingest(source).statistics().numberOfNewDocumentsIndexed())
        .isEqualTo(60 - done);
    assertThat(
            running
                .agent
                .listIngestionJobs(
                    r ->
                        r.knowledgeBaseId(base.knowledgeBaseId())
                            .dataSourceId(source.dataSourceId())
                            .filters(f -> f.attribute("STATUS").operator("EQ").values("STOPPED")))
                .ingestionJobSummaries())
        .extracting(s -> s.ingestionJobId())
        .containsExactly(id);
  }

  @Test
  void deletingASourceKeepsOrDeletesItsChunksAsAsked() {
    put("tea.txt", "Tea is brewed at ninety degrees.");
    running.ingest(source);
    running.agent.updateDataSource(
        r ->
            r.knowledgeBaseId(base.knowledgeBaseId())
                .dataSourceId(source.dataSourceId())
                .name(source.name())
                .dataSourceConfiguration(source.dataSourceConfiguration())
                .dataDeletionPolicy(DataDeletionPolicy.RETAIN));
    delete(source);
    assertThat(find("tea")).hasSize(1);
    DataSource again = running.bucket(base.knowledgeBaseId(), "papers", bucket);
    running.ingest(again);
    assertThat(find("tea")).hasSize(2);
    delete(again);
    assertThat(find("tea")).hasSize(1);
  }

  private void delete(DataSource gone) {
    running.agent.deleteDataSource(
        r -> r.knowledgeBaseId(base.knowledgeBaseId()).dataSourceId(gone.dataSourceId()));
    Running.until(
        () -> {
          try {
            running.agent.getDataSource(
                r -> r.knowledgeBaseId(base.knowledgeBaseId()).dataSourceId(gone.dataSourceId()));
            return false;
          } catch (ResourceNotFoundException e) {
            return true;
          }
        });
  }

  private void put(String key, String text) {
    running.s3.putObject(p -> p.bucket(bucket).key(key), RequestBody.fromString(text));
  }

  private static String uri(KnowledgeBaseRetrievalResult result) {
    return result.location().s3Location().uri();
  }

  private List<KnowledgeBaseRetrievalResult> find(String question) {
    return running
        .runtime
        .retrieve(
            RetrieveRequest.builder()
                .knowledgeBaseId(base.knowledgeBaseId())
                .retrievalQuery(q -> q.text(question))
                .build())
        .retrievalResults();
  }

  private static void assertStatistics(IngestionJob job, long... expected) {
    var s = job.statistics();
    assertThat(
            new long[] {
              s.numberOfDocumentsScanned(),
              s.numberOfMetadataDocumentsScanned(),
              s.numberOfNewDocumentsIndexed(),
              s.numberOfModifiedDocumentsIndexed(),
              s.numberOfMetadataDocumentsModified(),
              s.numberOfDocumentsDeleted(),
              s.numberOfDocumentsFailed()
            })
        .containsExactly(expected);
  }
}
