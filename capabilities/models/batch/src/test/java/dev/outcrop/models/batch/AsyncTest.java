package dev.outcrop.models.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static software.amazon.awssdk.services.bedrockruntime.model.AsyncInvokeStatus.*;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.bedrockruntime.model.ConflictException;
import software.amazon.awssdk.services.bedrockruntime.model.GetAsyncInvokeResponse;
import software.amazon.awssdk.services.bedrockruntime.model.StartAsyncInvokeRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

@Timeout(60)
class AsyncTest {
  @TempDir private Path home;
  private Installation here;

  @BeforeEach
  void open() throws IOException {
    here = new Installation(home, InstantSource.system());
    here.buckets("out");
  }

  @AfterEach
  void close() {
    here.close();
  }

  private static StartAsyncInvokeRequest request(String model, Document input) {
    return StartAsyncInvokeRequest.builder()
        .modelId(model)
        .modelInput(input)
        .outputDataConfig(o -> o.s3OutputDataConfig(s -> s.s3Uri("s3://out/async")))
        .build();
  }

  private static StartAsyncInvokeRequest said(String text) {
    return request(
        Installation.TEXT, Document.fromMap(Map.of("inputText", Document.fromString(text))));
  }

  private GetAsyncInvokeResponse ended(String arn) throws InterruptedException {
    while (true) {
      GetAsyncInvokeResponse now = here.runtime.getAsyncInvoke(r -> r.invocationArn(arn));
      if (now.status() != IN_PROGRESS) {
        return now;
      }
      Thread.sleep(5);
    }
  }

  private JsonNode output(String arn, String file) {
    return Json.read(
        here.get("out", "async/" + Names.INVOCATION.id(arn) + "/" + file), JsonNode.class);
  }

  @Test
  void theAnswerIsInTheBucket() throws Exception {
    String arn = here.runtime.startAsyncInvoke(said("some words")).invocationArn();
    GetAsyncInvokeResponse ended = ended(arn);
    assertThat(ended.status()).isEqualTo(COMPLETED);
    assertThat(ended.endTime()).isNotNull();
    assertThat(ended.modelArn()).endsWith("::foundation-model/" + Installation.TEXT);
    assertThat(output(arn, "output.json").at("/results/0/outputText").asText())
        .isEqualTo("said some words");
    assertThat(output(arn, "manifest.json").at("/outputs/0/s3Uri").asText())
        .endsWith("/output.json");
    assertThat(here.batch.exists(arn)).isTrue();
  }

  @Test
  void picturesAreFilesOfTheirOwn() throws Exception {
    String arn =
        here.runtime
            .startAsyncInvoke(
                request(
                    Installation.IMAGE,
                    Document.fromMap(
                        Map.of(
                            "taskType",
                            Document.fromString("TEXT_IMAGE"),
                            "textToImageParams",
                            Document.fromMap(Map.of("text", Document.fromString("granite")))))))
            .invocationArn();
    assertThat(ended(arn).failureMessage()).isNull();
    String key = "async/" + Names.INVOCATION.id(arn) + "/output_1.png";
    var picture = here.s3.getObjectAsBytes(r -> r.bucket("out").key(key));
    assertThat(picture.asByteArray()).isEqualTo(Pictures.PNG);
    assertThat(picture.response().contentType()).isEqualTo("image/png");
    assertThat(output(arn, "manifest.json").get("outputs")).hasSize(2);
  }

  @Test
  void aRefusalIsAFailure() throws Exception {
    String arn = here.runtime.startAsyncInvoke(said("refuse it")).invocationArn();
    assertThat(ended(arn).status()).isEqualTo(FAILED);
    assertThat(ended(arn).failureMessage()).isEqualTo("I will not say that.");
    assertThat(here.runtime.listAsyncInvokes(r -> r.statusEquals(FAILED)).asyncInvokeSummaries())
        .extracting(each -> each.invocationArn())
        .containsExactly(arn);
    assertThat(here.runtime.listAsyncInvokes(r -> r.statusEquals(COMPLETED)).asyncInvokeSummaries())
        .isEmpty();
  }

  @Test
  void aTokenStartsOneInvocationAndNonsenseIsRefused() {
    StartAsyncInvokeRequest request = said("once").toBuilder().clientRequestToken("t").build();
    String arn = here.runtime.startAsyncInvoke(request).invocationArn();
    assertThat(here.runtime.startAsyncInvoke(request).invocationArn()).isEqualTo(arn);
    assertThatThrownBy(
            () ->
                here.runtime.startAsyncInvoke(
                    said("other").toBuilder().clientRequestToken("t").build()))
        .isInstanceOf(ConflictException.class);
    assertThatThrownBy(
            () ->
                here.runtime.getAsyncInvoke(
                    r -> r.invocationArn(arn.substring(0, arn.length() - 12) + "abcdefabcdef")))
        .isInstanceOf(ValidationException.class);
    assertThatThrownBy(
            () ->
                here.runtime.startAsyncInvoke(
                    request("amazon.nothing-v1", Document.fromMap(Map.of()))))
        .isInstanceOf(ValidationException.class);
  }

  @Test
  void aRepetitionIsAnsweredThoughTheBucketIsGone() throws Exception {
    here.buckets("short-lived");
    StartAsyncInvokeRequest request =
        said("refuse it").toBuilder()
            .clientRequestToken("t")
            .outputDataConfig(o -> o.s3OutputDataConfig(s -> s.s3Uri("s3://short-lived/")))
            .build();
    String arn = here.runtime.startAsyncInvoke(request).invocationArn();
    assertThat(ended(arn).status()).isEqualTo(FAILED);
    here.s3
        .listObjectsV2(r -> r.bucket("short-lived"))
        .contents()
        .forEach(o -> here.s3.deleteObject(r -> r.bucket("short-lived").key(o.key())));
    here.s3.deleteBucket(r -> r.bucket("short-lived"));
    assertThat(here.runtime.startAsyncInvoke(request).invocationArn()).isEqualTo(arn);
    assertThatThrownBy(
            () ->
                here.runtime.startAsyncInvoke(request.toBuilder().clientRequestToken("u").build()))
        .isInstanceOf(ValidationException.class);
  }

  @Test
  void aBucketThatCanNotBeWrittenIsRefusedAtOnce() {
    assertThatThrownBy(() -> here.runtime.startAsyncInvoke(into("s3://nowhere/async", null)))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("The bucket of s3://nowhere/async does not exist.");
    assertThatThrownBy(() -> here.runtime.startAsyncInvoke(into("s3://out/async", "999999999999")))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("belongs to another account");
    assertThat(here.runtime.listAsyncInvokes(r -> {}).asyncInvokeSummaries()).isEmpty();
  }

  private static StartAsyncInvokeRequest into(String uri, String owner) {
    return said("words").toBuilder()
        .outputDataConfig(o -> o.s3OutputDataConfig(s -> s.s3Uri(uri).bucketOwner(owner)))
        .build();
  }

  @Test
  void aServerThatStopsGoesOnLater() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    here.words.before =
        text -> {
          asked.countDown();
          try {
            Thread.sleep(60_000);
          } catch (InterruptedException e) {
            throw new IllegalStateException("broken off", e);
          }
        };
    String arn = here.runtime.startAsyncInvoke(said("later")).invocationArn();
    asked.await();
    here.close();
    here = new Installation(home, InstantSource.system());
    assertThat(ended(arn).status()).isEqualTo(COMPLETED);
  }
}
