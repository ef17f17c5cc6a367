package dev.outcrop.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.bedrockagent.model.ChunkingConfiguration;
import software.amazon.awssdk.services.bedrockagent.model.ConflictException;
import software.amazon.awssdk.services.bedrockagent.model.CreateKnowledgeBaseRequest;
import software.amazon.awssdk.services.bedrockagent.model.DataSource;
import software.amazon.awssdk.services.bedrockagent.model.IngestionJobStatus;
import software.amazon.awssdk.services.bedrockagent.model.KnowledgeBase;
import software.amazon.awssdk.services.bedrockagent.model.KnowledgeBaseStatus;
import software.amazon.awssdk.services.bedrockagent.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.bedrockagent.model.ResourceNotFoundException;
import software.amazon.awssdk.services.bedrockagent.model.StorageConfiguration;
import software.amazon.awssdk.services.bedrockagent.model.TagResourceRequest;
import software.amazon.awssdk.services.bedrockagent.model.UntagResourceRequest;
import software.amazon.awssdk.services.bedrockagent.model.ValidationException;

class KnowledgeBasesTest {
  @TempDir static Path home;
  private static Running running;

  @BeforeAll
  static void start() {
    running = new Running(home);
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  @Test
  void livesFromCreatingToNotFound() {
    KnowledgeBase created =
        running.agent.createKnowledgeBase(Running.request("life")).knowledgeBase();
    String id = created.knowledgeBaseId();
    assertThat(id).matches("[A-Z0-9]{10}");
    assertThat(created.status()).isEqualTo(KnowledgeBaseStatus.CREATING);
    assertThat(created.knowledgeBaseArn())
        .isEqualTo("arn:aws:bedrock:us-east-1:000000000000:knowledge-base/" + id);
    Running.until(() -> running.status(id) == KnowledgeBaseStatus.ACTIVE);
    assertThat(Files.isDirectory(home.resolve("knowledge").resolve(id))).isTrue();
    assertThat(running.agent.deleteKnowledgeBase(r -> r.knowledgeBaseId(id)).status())
        .isEqualTo(KnowledgeBaseStatus.DELETING);
    Running.until(() -> gone(id));
    assertThat(home.resolve("knowledge").resolve(id)).doesNotExist();
  }

  private static boolean gone(String id) {
    try {
      return running.status(id) == null;
    } catch (ResourceNotFoundException e) {
      return true;
    }
  }

  @Test
  void oneClientTokenMakesOneKnowledgeBase() {
    CreateKnowledgeBaseRequest request =
        Running.request("once").toBuilder().clientToken("t".repeat(33)).build();
    String first = running.agent.createKnowledgeBase(request).knowledgeBase().knowledgeBaseId();
    assertThat(running.agent.createKnowledgeBase(request).knowledgeBase().knowledgeBaseId())
        .isEqualTo(first);
    assertThatThrownBy(() -> running.agent.createKnowledgeBase(Running.request("once")))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("once");
  }

  @Test
  void refusesWhatItCannotHonour() {
    CreateKnowledgeBaseRequest request = Running.request("refused");
    refused(
        request.toBuilder()
            .storageConfiguration(StorageConfiguration.builder().type("PINECONE").build())
            .build(),
        "storageConfiguration");
    refused(embedding(request, "no.such-model", null, null), "no.such-model");
    refused(embedding(request, Running.CHAT, null, null), "embeddings");
    refused(embedding(request, Running.EMBEDDINGS, 1024, null), "384");
    refused(embedding(request, Running.EMBEDDINGS, null, "BINARY"), "FLOAT32");
  }

  private static CreateKnowledgeBaseRequest embedding(
      CreateKnowledgeBaseRequest request, String model, Integer dimensions, String type) {
    String arn =
        model.startsWith("arn:") ? model : "arn:aws:bedrock:us-east-1::foundation-model/" + model;
    return request.toBuilder()
        .knowledgeBaseConfiguration(
            c ->
                c.type("VECTOR")
                    .vectorKnowledgeBaseConfiguration(
                        v ->
                            v.embeddingModelArn(arn)
                                .embeddingModelConfiguration(
                                    m ->
                                        m.bedrockEmbeddingModelConfiguration(
                                            b ->
                                                b.dimensions(dimensions).embeddingDataType(type)))))
        .build();
  }

  private static void refused(CreateKnowledgeBaseRequest request, String message) {
    assertThatThrownBy(() -> running.agent.createKnowledgeBase(request))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining(message);
  }

  @Test
  void chunksLargerThanTheModelsWindowAreRefused() {
    KnowledgeBase base = running.base("chunks");
    assertThatThrownBy(
            () ->
                running.agent.createDataSource(
                    r ->
                        r.knowledgeBaseId(base.knowledgeBaseId())
                            .name("big")
                            .dataSourceConfiguration(c -> c.type("CUSTOM"))
                            .vectorIngestionConfiguration(
                                v -> v.chunkingConfiguration(fixed(600)))))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("510");
  }

  private static ChunkingConfiguration fixed(int tokens) {
    return ChunkingConfiguration.builder()
        .chunkingStrategy("FIXED_SIZE")
        .fixedSizeChunkingConfiguration(f -> f.maxTokens(tokens).overlapPercentage(10))
        .build();
  }

  @Test
  void tagsComeAndGo() {
    String arn =
        running
            .agent
            .createKnowledgeBase(
                Running.request("tagged").toBuilder().tags(Map.of("team", "a")).build())
            .knowledgeBase()
            .knowledgeBaseArn();
    // Not through the client: the published pattern of resourceArn matches no ARN of a knowledge
    // base, so the check of requests in front refuses them all.
    KnowledgeBaseTags tags =
        running.knowledge.capabilities().stream()
            .filter(KnowledgeBaseTags.class::isInstance)
            .map(KnowledgeBaseTags.class::cast)
            .findFirst()
            .orElseThrow();
    tags.tagResource(
        TagResourceRequest.builder().resourceArn(arn).tags(Map.of("cost", "7")).build());
    tags.untagResource(UntagResourceRequest.builder().resourceArn(arn).tagKeys("team").build());
    assertThat(tags.listTagsForResource(listing(arn)).tags())
        .containsExactly(Map.entry("cost", "7"));
    assertThatThrownBy(() -> tags.listTagsForResource(listing(arn + "X")))
        .isInstanceOf(ResourceNotFoundException.class);
  }

  private static ListTagsForResourceRequest listing(String arn) {
    return ListTagsForResourceRequest.builder().resourceArn(arn).build();
  }

  @Test
  void anIngestionGoesOnAfterARestartWithoutLossOrDoubles(@TempDir Path other) {
    String id;
    DataSource source;
    try (Running before = new Running(other)) {
      before.s3.createBucket(b -> b.bucket("many"));
      for (int i = 0; i < 40; i++) {
        String key = "doc" + i + ".txt";
        before.s3.putObject(
            p -> p.bucket("many").key(key), RequestBody.fromString(key + " has its own words."));
      }
      source = before.bucket(before.base("many").knowledgeBaseId(), "many", "many");
      DataSource started = source;
      id =
          before
              .agent
              .startIngestionJob(
                  r ->
                      r.knowledgeBaseId(started.knowledgeBaseId())
                          .dataSourceId(started.dataSourceId()))
              .ingestionJob()
              .ingestionJobId();
    }
    DataSource same = source;
    try (Running after = new Running(other)) {
      Running.until(() -> Running.ended(after.job(same, id).status()));
      assertThat(after.job(same, id).status()).isEqualTo(IngestionJobStatus.COMPLETE);
      assertThat(after.job(same, id).statistics().numberOfNewDocumentsIndexed()).isEqualTo(40);
      assertThat(
              after
                  .runtime
                  .retrieve(
                      r ->
                          r.knowledgeBaseId(same.knowledgeBaseId())
                              .retrievalQuery(q -> q.text("own words"))
                              .retrievalConfiguration(
                                  c -> c.vectorSearchConfiguration(v -> v.numberOfResults(100))))
                  .retrievalResults())
          .hasSize(40)
          .extracting(r -> r.location().s3Location().uri())
          .doesNotHaveDuplicates();
    }
  }
}
