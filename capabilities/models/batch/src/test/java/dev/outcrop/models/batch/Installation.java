package dev.outcrop.models.batch;

import dev.outcrop.models.Attachments;
import dev.outcrop.models.Inference;
import dev.outcrop.models.ModelEntry;
import dev.outcrop.models.Models;
import dev.outcrop.models.bodies.Families;
import dev.outcrop.models.calls.CallObserver;
import dev.outcrop.models.catalogue.Catalogue;
import dev.outcrop.models.catalogue.CatalogueEntry;
import dev.outcrop.models.catalogue.ModelsSettings;
import dev.outcrop.models.files.ModelFiles;
import dev.outcrop.objects.ObjectStore;
import dev.outcrop.storage.Database;
import dev.outcrop.wire.Capabilities;
import dev.outcrop.wire.LocalClients;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.bedrock.BedrockClient;
import software.amazon.awssdk.services.bedrock.model.GetModelInvocationJobResponse;
import software.amazon.awssdk.services.bedrock.model.ModelInvocationJobStatus;
import software.amazon.awssdk.services.bedrock.model.ModelInvocationType;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.s3.S3Client;

/** Everything real but the model, over a folder. */
final class Installation implements AutoCloseable {
  static final String TEXT = "amazon.titan-text-words-v1";
  static final String IMAGE = "amazon.titan-image-words-v1";

  final Words words = new Words();
  final Batch batch;
  final BedrockClient bedrock;
  final BedrockRuntimeClient runtime;
  final S3Client s3;
  private final Database database;

  Installation(Path home, InstantSource clock, CallObserver... observers) throws IOException {
    database = Database.open(home.resolve("outcrop.db"));
    Catalogue catalogue =
        Catalogue.of(
            new ModelsSettings(
                List.of(entry(TEXT, ModelEntry.Kind.CHAT), entry(IMAGE, ModelEntry.Kind.IMAGE)),
                Map.of(),
                64));
    Models models = new Models(catalogue, new ModelFiles(home.resolve("models")), List.of(words));
    Inference inference =
        new Inference(
            new Inference.Parts(
                models,
                64,
                List.copyOf(Families.standard()),
                List.of(),
                List.of(observers),
                Attachments.NONE));
    List<Object> all = new ArrayList<>(ObjectStore.open(database, home).capabilities());
    s3 = LocalClients.create(S3Client.class, Capabilities.of(all.toArray()));
    all.add(inference);
    batch =
        new Batch(
            new Batch.Parts(
                Database.open(home.resolve("batch.db")),
                home.resolve("batch"),
                database,
                clock,
                LocalClients.create(BedrockRuntimeClient.class, Capabilities.of(inference)),
                s3,
                id -> catalogue.find(id).isPresent(),
                Duration.ofMillis(5)));
    all.addAll(batch.capabilities());
    Capabilities capabilities = Capabilities.of(all.toArray());
    bedrock = LocalClients.create(BedrockClient.class, capabilities);
    runtime = LocalClients.create(BedrockRuntimeClient.class, capabilities);
    batch.start();
  }

  private static CatalogueEntry entry(String id, ModelEntry.Kind kind) {
    return new CatalogueEntry(
        id, null, "Test", "words", kind, null, null, 0, null, false, Map.of(), null, null);
  }

  void buckets(String... names) {
    for (String name : names) {
      s3.createBucket(r -> r.bucket(name));
    }
  }

  void put(String bucket, String key, String content) {
    s3.putObject(r -> r.bucket(bucket).key(key), RequestBody.fromString(content));
  }

  String get(String bucket, String key) {
    return s3.getObjectAsBytes(r -> r.bucket(bucket).key(key)).asString(StandardCharsets.UTF_8);
  }

  /** Creates a job from {@code s3://inputs/…} to {@code s3://out/results/}. */
  String create(String input, ModelInvocationType type) {
    return bedrock
        .createModelInvocationJob(
            r ->
                r.jobName("a-job")
                    .roleArn("arn:aws:iam::000000000000:role/batch")
                    .modelId(TEXT)
                    .modelInvocationType(type)
                    .inputDataConfig(i -> i.s3InputDataConfig(s -> s.s3Uri(input)))
                    .outputDataConfig(o -> o.s3OutputDataConfig(s -> s.s3Uri("s3://out/results/"))))
        .jobArn();
  }

  GetModelInvocationJobResponse await(String arn, ModelInvocationJobStatus... wanted)
      throws InterruptedException {
    while (true) {
      GetModelInvocationJobResponse job = bedrock.getModelInvocationJob(r -> r.jobIdentifier(arn));
      if (List.of(wanted).contains(job.status())) {
        return job;
      }
      if (wanted.length > 0 && !JobStore.ACTIVE.contains(job.status())) {
        throw new AssertionError("The job ended otherwise: " + job);
      }
      Thread.sleep(10);
    }
  }

  static String record(String id, String text) {
    return "{\"recordId\":\"%s\",\"modelInput\":{\"inputText\":\"%s\"}}\n".formatted(id, text);
  }

  static String output(String arn, String file) {
    return "results/" + Names.JOB.id(arn) + "/" + file;
  }

  @Override
  public void close() {
    batch.close();
    database.close();
  }
}
