package dev.outcrop.logs.invocations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.outcrop.logs.Logs;
import dev.outcrop.models.Attachments;
import dev.outcrop.models.Inference;
import dev.outcrop.models.ModelEntry;
import dev.outcrop.models.Models;
import dev.outcrop.models.catalogue.Catalogue;
import dev.outcrop.models.catalogue.CatalogueEntry;
import dev.outcrop.models.catalogue.ModelsSettings;
import dev.outcrop.models.files.ModelFiles;
import dev.outcrop.objects.ObjectStore;
import dev.outcrop.storage.Database;
import dev.outcrop.wire.Capabilities;
import dev.outcrop.wire.LocalClients;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrock.BedrockClient;
import software.amazon.awssdk.services.bedrock.model.LoggingConfig;
import software.amazon.awssdk.services.bedrock.model.ValidationException;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.ThrottlingException;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

class InvocationLogTest {
  private static final JsonMapper MAPPER = new JsonMapper();

  @TempDir private Path folder;
  private Database database;
  private Logs logs;
  private Models models;
  private InvocationLog log;

  /** What was counted, by destination and result. */
  private final Map<String, Integer> counted = new ConcurrentHashMap<>();

  private CloudWatchLogsClient logsClient;
  private S3Client s3;
  private Capabilities all;

  @BeforeEach
  void open() throws IOException {
    InstantSource clock = InstantSource.system();
    database = Database.open(folder.resolve("main.db"));
    logs = new Logs(folder.resolve("logs.db"), clock);
    List<Object> parts = new ArrayList<>(ObjectStore.open(database, folder).capabilities());
    parts.addAll(logs.capabilities());
    Capabilities inner = Capabilities.of(parts.toArray());
    logsClient = LocalClients.create(CloudWatchLogsClient.class, inner);
    s3 = LocalClients.create(S3Client.class, inner);
    Destinations destinations = new Destinations(() -> logsClient, () -> s3);
    InvocationLogging logging = new InvocationLogging(database, clock, destinations);
    log =
        new InvocationLog(
            logging,
            destinations,
            (account, region, to, result, records) -> {
              assertThat(account + region).isEqualTo("000000000000us-east-1");
              counted.merge(to + " " + result, records, Integer::sum);
            });
    models =
        new Models(
            Catalogue.of(new ModelsSettings(List.of(entry("echo-1")), Map.of(), 64)),
            new ModelFiles(folder.resolve("models")),
            List.of(new Echo()));
    parts.add(logging);
    parts.add(
        new Inference(
            new Inference.Parts(models, 64, List.of(), List.of(), List.of(log), Attachments.NONE)));
    all = Capabilities.of(parts.toArray());
    s3.createBucket(create -> create.bucket("log-bucket"));
    logsClient.createLogGroup(create -> create.logGroupName("calls"));
  }

  private static CatalogueEntry entry(String id) {
    return new CatalogueEntry(
        id,
        null,
        null,
        "echo",
        ModelEntry.Kind.CHAT,
        null,
        null,
        0,
        null,
        false,
        Map.of(),
        null,
        null);
  }

  @AfterEach
  void close() {
    log.close();
    models.close();
    logs.close();
    database.close();
  }

  private void configure(LoggingConfig.Builder config) {
    LocalClients.create(BedrockClient.class, all)
        .putModelInvocationLoggingConfiguration(put -> put.loggingConfig(config.build()));
  }

  private static LoggingConfig.Builder toGroup() {
    return LoggingConfig.builder()
        .cloudWatchConfig(
            c -> c.logGroupName("calls").roleArn("arn:aws:iam::000000000000:role/logs"));
  }

  private void say(String text) {
    LocalClients.create(BedrockRuntimeClient.class, all)
        .converse(
            ConverseRequest.builder()
                .modelId("echo-1")
                .messages(message(text))
                .requestMetadata(Map.of("team", "a"))
                .build());
  }

  private static Message message(String text) {
    return Message.builder().role("user").content(ContentBlock.fromText(text)).build();
  }

  /** What was logged to the group; closing the log writes all there is. */
  private List<JsonNode> logged() {
    log.close();
    return logsClient
        .getLogEvents(
            get -> get.logGroupName("calls").logStreamName("aws/bedrock/modelinvocations"))
        .events()
        .stream()
        .map(event -> json(event.message()))
        .toList();
  }

  private static JsonNode json(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aCallIsLoggedInFull() {
    configure(toGroup());
    say("hello");
    JsonNode record = logged().getFirst();
    assertThat(record.get("schemaType").asText()).isEqualTo("ModelInvocationLog");
    assertThat(record.get("schemaVersion").asText()).isEqualTo("1.0");
    assertThat(record.get("timestamp").asText()).matches("\\d{4}-\\d\\d-\\d\\dT[\\d:]{8}Z");
    assertThat(record.get("accountId").asText()).isEqualTo("000000000000");
    assertThat(record.at("/identity/arn").asText()).startsWith("arn:aws:iam::");
    assertThat(record.get("operation").asText()).isEqualTo("Converse");
    assertThat(record.get("modelId").asText()).isEqualTo("echo-1");
    assertThat(record.at("/input/inputBodyJson/messages/0/content/0/text").asText())
        .isEqualTo("hello");
    assertThat(record.at("/input/inputTokenCount").asInt()).isEqualTo(7);
    assertThat(record.at("/input/cacheReadInputTokenCount").asInt()).isEqualTo(5);
    assertThat(record.at("/output/outputBodyJson/output/message/content/0/text").asText())
        .isEqualTo("hello");
    assertThat(record.at("/output/outputTokenCount").asInt()).isEqualTo(1);
    assertThat(record.at("/requestMetadata/team").asText()).isEqualTo("a");
    assertThat(record.has("errorCode")).isFalse();
  }

  @Test
  void aStreamIsLoggedAsItsEvents() {
    configure(toGroup());
    LocalClients.create(BedrockRuntimeAsyncClient.class, all)
        .converseStream(
            ConverseStreamRequest.builder().modelId("echo-1").messages(message("hi")).build(),
            ConverseStreamResponseHandler.builder().subscriber(event -> {}).build())
        .join();
    JsonNode record = logged().getFirst();
    assertThat(record.get("operation").asText()).isEqualTo("ConverseStream");
    JsonNode events = record.at("/output/outputBodyJson");
    assertThat(events.at("/0/messageStart/role").asText()).isEqualTo("assistant");
    assertThat(events.findValuesAsText("text")).containsExactly("hi");
    assertThat(events.get(events.size() - 1).has("metadata")).isTrue();
  }

  @Test
  void aFailureIsLoggedWithItsCode() {
    configure(toGroup());
    assertThatThrownBy(() -> say("busy")).isInstanceOf(ThrottlingException.class);
    JsonNode record = logged().getFirst();
    assertThat(record.get("errorCode").asText()).isEqualTo("ThrottlingException");
    assertThat(record.has("output")).isFalse();
  }

  @Test
  void textIsLeftOutWhenItsDeliveryIsNotEnabled() {
    configure(toGroup().textDataDeliveryEnabled(false));
    say("secret");
    JsonNode record = logged().getFirst();
    assertThat(record.toString()).doesNotContain("secret");
    assertThat(record.at("/input/inputTokenCount").asInt()).isEqualTo(7);
  }

  @Test
  void imagesOfAConversationAreLeftOutWhenTheirDeliveryIsNotEnabled() {
    configure(toGroup().imageDataDeliveryEnabled(false));
    LocalClients.create(BedrockRuntimeClient.class, all)
        .converse(
            ConverseRequest.builder()
                .modelId("echo-1")
                .messages(
                    Message.builder()
                        .role("user")
                        .content(
                            ContentBlock.fromText("look"),
                            ContentBlock.fromImage(
                                image ->
                                    image
                                        .format("png")
                                        .source(s -> s.bytes(SdkBytes.fromUtf8String("IMG")))))
                        .build())
                .build());
    JsonNode image = logged().getFirst().at("/input/inputBodyJson/messages/0/content/1/image");
    assertThat(image.get("format").asText()).isEqualTo("png");
    assertThat(image.has("source")).isFalse();
  }

  @Test
  void recordsGoToS3AndLargeBodiesToObjectsOfTheirOwn() throws IOException {
    configure(
        LoggingConfig.builder().s3Config(s -> s.bucketName("log-bucket").keyPrefix("bedrock")));
    String large = "x".repeat(150_000);
    say("small");
    say(large);
    log.close();
    List<String> keys =
        s3.listObjectsV2(list -> list.bucket("log-bucket")).contents().stream()
            .map(S3Object::key)
            .toList();
    String hour =
        "bedrock/AWSLogs/000000000000/BedrockModelInvocationLogs/us-east-1/\\d{4}/\\d\\d/\\d\\d/\\d\\d/";
    assertThat(keys).hasSize(3);
    assertThat(keys)
        .filteredOn(key -> key.matches(hour + "data/[^/]+_(in|out)put\\.json\\.gz"))
        .hasSize(2);
    String file =
        keys.stream()
            .filter(key -> key.matches(hour + "\\d{8}T\\d{9}Z_[0-9a-f]{16}\\.json\\.gz"))
            .findFirst()
            .orElseThrow();
    List<JsonNode> records = text(file).lines().map(InvocationLogTest::json).toList();
    assertThat(records).hasSize(2);
    String path = records.get(1).at("/input/inputBodyS3Path").asText();
    assertThat(records.get(1).get("input").has("inputBodyJson")).isFalse();
    assertThat(path).startsWith("s3://log-bucket/");
    assertThat(
            json(text(path.substring("s3://log-bucket/".length())))
                .at("/messages/0/content/0/text")
                .asText())
        .isEqualTo(large);
    assertThat(counted).isEqualTo(Map.of("BUCKET DELIVERED", 2, "LARGE_DATA DELIVERED", 2));
  }

  private String text(String key) throws IOException {
    byte[] object = s3.getObjectAsBytes(get -> get.bucket("log-bucket").key(key)).asByteArray();
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(object))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void nothingIsLoggedUnasked() {
    say("hello");
    configure(toGroup());
    LocalClients.create(BedrockClient.class, all)
        .deleteModelInvocationLoggingConfiguration(delete -> {});
    say("hello");
    log.close();
    assertThat(logsClient.describeLogStreams(d -> d.logGroupName("calls")).logStreams()).isEmpty();
  }

  @Test
  void aConfigurationIsKeptAndItsPlacesMustBeThere() {
    configure(toGroup().videoDataDeliveryEnabled(false));
    LoggingConfig kept =
        LocalClients.create(BedrockClient.class, all)
            .getModelInvocationLoggingConfiguration(get -> {})
            .loggingConfig();
    assertThat(kept).isEqualTo(toGroup().videoDataDeliveryEnabled(false).build());
    assertThatThrownBy(
            () -> configure(LoggingConfig.builder().s3Config(s -> s.bucketName("no-such-one"))))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("does not exist");
    assertThatThrownBy(() -> configure(LoggingConfig.builder()))
        .isInstanceOf(ValidationException.class);
  }

  @Test
  void aGroupThatIsGoneCostsNoCall() {
    configure(toGroup());
    logsClient.deleteLogGroup(delete -> delete.logGroupName("calls"));
    say("hello");
    log.close();
    assertThat(log.lost()).isEqualTo(1);
    assertThat(counted).isEqualTo(Map.of("LOG_GROUP FAILED", 1));
  }

  @Test
  void aBucketThatIsGoneCostsTheLargeBodyAndNotTheRecord() {
    configure(
        LoggingConfig.builder()
            .cloudWatchConfig(
                c ->
                    c.logGroupName("calls")
                        .roleArn("arn:aws:iam::000000000000:role/logs")
                        .largeDataDeliveryS3Config(s -> s.bucketName("log-bucket")))
            .s3Config(s -> s.bucketName("log-bucket")));
    s3.deleteBucket(delete -> delete.bucket("log-bucket"));
    say("x".repeat(150_000));
    List<JsonNode> records = logged();
    assertThat(records).hasSize(1);
    assertThat(records.getFirst().get("input").has("inputBodyS3Path")).isFalse();
    assertThat(counted)
        .isEqualTo(Map.of("LOG_GROUP DELIVERED", 1, "BUCKET FAILED", 1, "LARGE_DATA FAILED", 4));
    assertThat(log.lost()).isEqualTo(1);
  }

  @Test
  void recordsThatFindTheQueueFullAreCountedAsDropped() {
    configure(toGroup());
    log.close(); // takes no more, as when it is full
    say("too late");
    assertThat(counted).isEqualTo(Map.of("LOG_GROUP DROPPED", 1));
  }

  @Test
  void hundredsOfCallsAtOnceAreAllLogged() throws InterruptedException {
    configure(toGroup());
    List<Thread> threads = new ArrayList<>();
    for (int thread = 0; thread < 8; thread++) {
      threads.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    for (int i = 0; i < 100; i++) {
                      say("call " + i);
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(logged()).hasSize(800);
    assertThat(log.lost()).isZero();
    assertThat(counted).isEqualTo(Map.of("LOG_GROUP DELIVERED", 800));
  }
}
