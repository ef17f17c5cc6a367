package dev.outcrop.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outcrop.cli.Installation;
import dev.outcrop.cli.Installation.UsageBy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.bedrock.BedrockClient;
import software.amazon.awssdk.services.bedrock.model.ModelInvocationJobStatus;
import software.amazon.awssdk.services.bedrock.model.ModelInvocationType;
import software.amazon.awssdk.services.bedrock.model.Tag;
import software.amazon.awssdk.services.s3.S3Client;

/** Batch jobs in a server as users start it: whose calls they are, and their tags. */
@Timeout(120)
class BatchJobsTest {
  @TempDir Path folder;

  @Test
  void aJobsCallsAreThoseOfItsKeyAndItsBudgetHolds() throws Exception {
    LocalInstallation installation = new LocalInstallation();
    Installation.Options options = new Installation.Options(folder.toString(), 0, null, Map.of());
    try (ScriptedServer model = new ScriptedServer("granite")) {
      Files.writeString(
          folder.resolve("outcrop.yaml"),
          """
          keys:
            shop: {access-key-id: AKSHOP, secret: shop-secret}
          budgets:
            shop-a-day: {key: shop, tokens: 500, period: day}
          providers:
            gateway: {type: openai, endpoints: {main: {url: "%s"}}}
          models:
            claude: {provider: gateway, options: {model: m}}
          """
              .formatted(model.url()));
      try (Installation.Server server = installation.serve(options)) {
        HomeLock.Address shop = new HomeLock.Address(server.url(), "shop-secret", 0);
        try (BedrockClient bedrock = RemoteClients.create(BedrockClient.class, "AKSHOP", shop);
            S3Client s3 = RemoteClients.create(S3Client.class, "AKSHOP", shop)) {
          String arn = job(bedrock, s3);
          String manifest =
              s3.getObjectAsBytes(
                      r ->
                          r.bucket("batch")
                              .key(
                                  "out/"
                                      + arn.substring(arn.indexOf('/') + 1)
                                      + "/manifest.json.out"))
                  .asString(StandardCharsets.UTF_8);
          assertThat(manifest).contains("\"successRecordCount\":1,\"errorRecordCount\":1");
          assertThat(bedrock.listTagsForResource(r -> r.resourceARN(arn)).tags())
              .containsExactly(Tag.builder().key("team").value("geology").build());
        }
        assertThat(installation.usage(options, UsageBy.KEY, LocalDate.EPOCH))
            .extracting(line -> line.name())
            .containsExactly("shop");
      }
    }
  }

  /** Two records, of which one would pass the budget; the job's ARN when it has ended. */
  private static String job(BedrockClient bedrock, S3Client s3) throws InterruptedException {
    s3.createBucket(r -> r.bucket("batch"));
    s3.putObject(
        r -> r.bucket("batch").key("in.jsonl"),
        RequestBody.fromString(record(20) + "\n" + record(5000)));
    String arn =
        bedrock
            .createModelInvocationJob(
                r ->
                    r.jobName("nightly")
                        .roleArn("arn:aws:iam::000000000000:role/batch")
                        .modelId("claude")
                        .modelInvocationType(ModelInvocationType.CONVERSE)
                        .tags(t -> t.key("team").value("geology"))
                        .inputDataConfig(
                            i -> i.s3InputDataConfig(s -> s.s3Uri("s3://batch/in.jsonl")))
                        .outputDataConfig(
                            o -> o.s3OutputDataConfig(s -> s.s3Uri("s3://batch/out/"))))
            .jobArn();
    while (bedrock.getModelInvocationJob(r -> r.jobIdentifier(arn)).status()
        != ModelInvocationJobStatus.COMPLETED) {
      Thread.sleep(20);
    }
    return arn;
  }

  private static String record(int maxTokens) {
    return """
    {"modelInput":{"messages":[{"role":"user","content":[{"text":"?"}]}],"inferenceConfig":{"maxTokens":%d}}}"""
        .formatted(maxTokens);
  }
}
