package dev.outcrop.models.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static software.amazon.awssdk.services.bedrock.model.ModelInvocationJobStatus.*;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.bedrock.model.ConflictException;
import software.amazon.awssdk.services.bedrock.model.CreateModelInvocationJobRequest;
import software.amazon.awssdk.services.bedrock.model.GetModelInvocationJobResponse;
import software.amazon.awssdk.services.bedrock.model.ModelInvocationType;
import software.amazon.awssdk.services.bedrock.model.ResourceNotFoundException;
import software.amazon.awssdk.services.bedrock.model.SortOrder;
import software.amazon.awssdk.services.bedrock.model.ValidationException;

@Timeout(60)
class BatchTest {
  @TempDir private Path home;
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
  private Installation here;

  @BeforeEach
  void open() throws IOException {
    here = new Installation(home, (InstantSource) now::get);
    here.buckets("inputs", "out");
  }

  @AfterEach
  void close() {
    here.close();
  }

  private List<JsonNode> lines(String arn, String file) {
    return here.get("out", Installation.output(arn, file))
        .lines()
        .map(line -> Json.read(line, JsonNode.class))
        .toList();
  }

  private JsonNode manifest(String arn) {
    return Json.read(
        here.get("out", Installation.output(arn, "manifest.json.out")), JsonNode.class);
  }

  @Test
  void everyRecordIsAnsweredInOrderAndFailuresStayWithTheirRecords() throws Exception {
    here.put(
        "inputs",
        "a.jsonl",
        Installation.record("one", "first words")
            + Installation.record("two", "refuse this")
            + "not json\n\n"
            + "{\"modelInput\":{\"inputText\":\"no id\",\"unknown\":1}}\n"
            + "{\"recordId\":\"five\"}\n"
            + "{\"recordId\":\"six\",\"modelInput\":{\"inputText\":\"x\"},\"more\":1}\n"
            + Installation.record("seven", "busy now").strip());
    String arn = here.create("s3://inputs/a.jsonl", null);
    GetModelInvocationJobResponse job = here.await(arn, COMPLETED);
    List<JsonNode> lines = lines(arn, "a.jsonl.out");
    assertThat(lines)
        .extracting(line -> line.get("recordId").asText())
        .containsExactly("one", "two", "CALL0000003", "CALL0000004", "five", "six", "seven");
    assertThat(lines.getFirst().at("/modelInput/inputText").asText()).isEqualTo("first words");
    assertThat(lines.getFirst().at("/modelOutput/results/0/outputText").asText())
        .isEqualTo("said first words");
    assertThat(lines.get(1).get("error").toString())
        .isEqualTo("{\"errorCode\":400,\"errorMessage\":\"I will not say that.\"}");
    assertThat(lines.subList(2, 6))
        .allSatisfy(line -> assertThat(line.at("/error/errorCode").asInt()).isEqualTo(400));
    assertThat(lines.get(3).at("/error/errorMessage").asText()).contains("unknown");
    assertThat(lines.get(6).at("/modelOutput/results/0/outputText").asText())
        .isEqualTo("said busy now");
    assertThat(here.words.asked.get("busy now")).isEqualTo(3);
    assertThat(manifest(arn).toString())
        .isEqualTo(
            "{\"totalRecordCount\":7,\"processedRecordCount\":7,\"successRecordCount\":2,"
                + "\"errorRecordCount\":5,\"inputTokenCount\":4,\"outputTokenCount\":6}");
    assertThat(job.totalRecordCount()).isEqualTo(7);
    assertThat(job.errorRecordCount()).isEqualTo(5);
    assertThat(job.endTime()).isNotNull();
    assertThat(job.roleArn()).isEqualTo("arn:aws:iam::000000000000:role/batch");
    assertThat(home.resolve("batch").toFile().list()).isEmpty();
  }

  @Test
  void aFolderIsReadFileByFile() throws Exception {
    here.put("inputs", "p/a.jsonl", Installation.record("a", "in a"));
    here.put("inputs", "p/deeper/b.jsonl", Installation.record("b", "in b"));
    here.put("inputs", "p/readme.txt", "not a record");
    String arn = here.create("s3://inputs/p", null);
    here.await(arn, COMPLETED);
    assertThat(lines(arn, "a.jsonl.out")).hasSize(1);
    assertThat(lines(arn, "deeper/b.jsonl.out").getFirst().get("recordId").asText()).isEqualTo("b");
    assertThat(manifest(arn).get("successRecordCount").asInt()).isEqualTo(2);
  }

  @Test
  void recordsCanBeRequestsOfConverse() throws Exception {
    here.put(
        "inputs",
        "c.jsonl",
        """
        {"recordId":"1","modelInput":{"messages":[{"role":"user","content":[{"text":"hi"}]}]}}
        {"recordId":"2","modelInput":{"messages":[{"role":"user","content":[{"txt":"hi"}]}]}}
        {"recordId":"3","modelInput":{"messages":[{"role":"user","content":[{"text":"a"}]}],"modelId":"x"}}
        {"recordId":"4","modelInput":{"messages":"hi"}}
        """);
    String arn = here.create("s3://inputs/c.jsonl", ModelInvocationType.CONVERSE);
    here.await(arn, COMPLETED);
    List<JsonNode> lines = lines(arn, "c.jsonl.out");
    assertThat(lines.getFirst().at("/modelOutput/output/message/content/0/text").asText())
        .isEqualTo("said hi");
    assertThat(lines.getFirst().at("/modelOutput/usage/outputTokens").asInt()).isEqualTo(2);
    assertThat(lines.get(1).at("/error/errorMessage").asText())
        .contains("modelInput.messages.0.content.0.txt");
    assertThat(lines.get(2).at("/error/errorMessage").asText()).contains("modelId");
    assertThat(lines.get(3).at("/error/errorCode").asInt()).isEqualTo(400);
    assertThat(manifest(arn).get("inputTokenCount").asInt()).isEqualTo(1);
  }

  @Test
  void aStoppedJobKeepsWhatWasAnswered() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    here.words.before = text -> waitFor(text.startsWith("slow") ? never : null);
    here.put(
        "inputs", "s.jsonl", Installation.record("1", "quick") + Installation.record("2", "slow"));
    String arn = here.create("s3://inputs/s.jsonl", null);
    while (here.words.asked.size() < 2) {
      Thread.sleep(5);
    }
    here.bedrock.stopModelInvocationJob(r -> r.jobIdentifier(arn));
    assertThat(here.await(arn, STOPPED).processedRecordCount()).isEqualTo(1);
    assertThat(lines(arn, "s.jsonl.out")).hasSize(1);
    assertThat(manifest(arn).get("totalRecordCount").asInt()).isEqualTo(2);
    assertThatThrownBy(() -> here.bedrock.stopModelInvocationJob(r -> r.jobIdentifier(arn)))
        .isInstanceOf(ConflictException.class);
  }

  @Test
  void aJobThatTakesTooLongEndsWithWhatItHas() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    here.words.before = text -> waitFor(text.startsWith("slow") ? never : null);
    here.put(
        "inputs", "s.jsonl", Installation.record("1", "quick") + Installation.record("2", "slow"));
    String arn = here.create("s3://inputs/s.jsonl", null);
    while (here.words.asked.size() < 2) {
      Thread.sleep(5);
    }
    now.set(now.get().plus(Duration.ofHours(25)));
    assertThat(here.await(arn, PARTIALLY_COMPLETED).message()).contains("24 hours");
    assertThat(lines(arn, "s.jsonl.out")).hasSize(1);
  }

  @Test
  void aJobWithoutInputFails() throws Exception {
    assertThat(here.await(here.create("s3://inputs/nothing", null), FAILED).message())
        .contains("s3://inputs/nothing");
    here.put("inputs", "empty.jsonl", "\n\n");
    assertThat(here.await(here.create("s3://inputs/empty.jsonl", null), FAILED).message())
        .contains("no records");
    assertThat(here.words.asked).isEmpty();
  }

  @Test
  void aJobWithoutABucketIsRefusedAtOnce() {
    assertThatThrownBy(() -> here.create("s3://missing/a.jsonl", null))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("The bucket of s3://missing/a.jsonl does not exist.");
    here.s3.listObjectsV2(r -> r.bucket("out")).contents().forEach(o -> delete(o.key()));
    here.s3.deleteBucket(r -> r.bucket("out"));
    here.put("inputs", "a.jsonl", Installation.record("1", "never asked"));
    assertThatThrownBy(() -> here.create("s3://inputs/a.jsonl", null))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("The bucket of s3://out/results/ does not exist.");
    assertThat(here.bedrock.listModelInvocationJobs(r -> {}).invocationJobSummaries()).isEmpty();
  }

  private void delete(String key) {
    here.s3.deleteObject(r -> r.bucket("out").key(key));
  }

  @Test
  void whatCannotBeHonouredIsRefused() {
    CreateModelInvocationJobRequest good = request("token-1");
    assertThatThrownBy(
            () ->
                here.bedrock.createModelInvocationJob(
                    good.toBuilder()
                        .vpcConfig(v -> v.subnetIds("subnet-1").securityGroupIds("sg-1"))
                        .build()))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("vpcConfig");
    assertThatThrownBy(
            () ->
                here.bedrock.createModelInvocationJob(
                    good.toBuilder()
                        .outputDataConfig(
                            o ->
                                o.s3OutputDataConfig(
                                    s ->
                                        s.s3Uri("s3://out/")
                                            .s3EncryptionKeyId(
                                                "arn:aws:kms:us-east-1:000000000000:key/abcdefab-1234-1234-1234-abcdefabcdef")))
                        .build()))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("s3EncryptionKeyId");
    assertThatThrownBy(
            () ->
                here.bedrock.createModelInvocationJob(
                    good.toBuilder().modelId("amazon.nothing-v1").build()))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("model identifier");
    assertThatThrownBy(
            () -> here.bedrock.getModelInvocationJob(r -> r.jobIdentifier("abcdefabcdef")))
        .isInstanceOf(ResourceNotFoundException.class);
  }

  private static CreateModelInvocationJobRequest request(String token) {
    return CreateModelInvocationJobRequest.builder()
        .jobName("named-" + token)
        .clientRequestToken(token)
        .roleArn("arn:aws:iam::000000000000:role/batch")
        .modelId(Installation.TEXT)
        .inputDataConfig(i -> i.s3InputDataConfig(s -> s.s3Uri("s3://inputs/x.jsonl")))
        .outputDataConfig(o -> o.s3OutputDataConfig(s -> s.s3Uri("s3://out/")))
        .tags(t -> t.key("team").value("geology"))
        .build();
  }

  @Test
  void aTokenMakesOneJobAndListsFindIt() throws Exception {
    String first = here.bedrock.createModelInvocationJob(request("first")).jobArn();
    assertThat(here.bedrock.createModelInvocationJob(request("first")).jobArn()).isEqualTo(first);
    assertThatThrownBy(
            () ->
                here.bedrock.createModelInvocationJob(
                    request("first").toBuilder().jobName("other").build()))
        .isInstanceOf(ConflictException.class);
    now.set(now.get().plusSeconds(1));
    String second = here.bedrock.createModelInvocationJob(request("second")).jobArn();
    here.await(first, FAILED);
    here.await(second, FAILED);
    var page = here.bedrock.listModelInvocationJobs(r -> r.maxResults(1));
    assertThat(page.invocationJobSummaries().getFirst().jobArn()).isEqualTo(second);
    var next =
        here.bedrock.listModelInvocationJobs(r -> r.maxResults(1).nextToken(page.nextToken()));
    assertThat(next.invocationJobSummaries().getFirst().jobArn()).isEqualTo(first);
    assertThat(next.nextToken()).isNull();
    assertThat(
            here.bedrock
                .listModelInvocationJobs(
                    r ->
                        r.nameContains("first").statusEquals(FAILED).sortOrder(SortOrder.ASCENDING))
                .invocationJobSummaries())
        .extracting(job -> job.jobArn())
        .containsExactly(first);
    assertThat(
            here.bedrock
                .listModelInvocationJobs(r -> r.submitTimeAfter(now.get().minusMillis(1)))
                .invocationJobSummaries())
        .hasSize(1);
    assertThat(here.batch.exists(first)).isTrue();
    assertThat(here.batch.exists(first.replace("us-east-1", "eu-west-1"))).isFalse();
  }

  @Test
  void aRepetitionIsAnsweredThoughTheBucketIsGone() throws Exception {
    String first = here.bedrock.createModelInvocationJob(request("token-1")).jobArn();
    here.await(first, FAILED);
    here.s3.deleteBucket(r -> r.bucket("inputs"));
    assertThat(here.bedrock.createModelInvocationJob(request("token-1")).jobArn()).isEqualTo(first);
    assertThatThrownBy(() -> here.bedrock.createModelInvocationJob(request("token-2")))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("does not exist");
  }

  @Test
  void aServerThatStopsGoesOnLater() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    here.words.before = text -> waitFor(text.startsWith("slow") ? never : null);
    here.put(
        "inputs", "s.jsonl", Installation.record("1", "quick") + Installation.record("2", "slow"));
    String arn = here.create("s3://inputs/s.jsonl", null);
    while (here.words.asked.size() < 2) {
      Thread.sleep(5);
    }
    here.close();
    reopen();
    here.await(arn, COMPLETED);
    assertThat(here.words.asked).containsOnlyKeys("slow");
    assertThat(lines(arn, "s.jsonl.out")).hasSize(2);
  }

  private void reopen() throws IOException {
    here = new Installation(home, (InstantSource) now::get);
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      if (latch != null) {
        latch.await();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("broken off", e);
    }
  }
}
