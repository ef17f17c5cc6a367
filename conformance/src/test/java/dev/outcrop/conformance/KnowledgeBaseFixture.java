package dev.outcrop.conformance;

import static dev.outcrop.conformance.clients.Json.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.conformance.clients.Client;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** A bucket, a knowledge base and its data source, made and used through one client. */
final class KnowledgeBaseFixture {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  static final String EMBEDDER =
      "arn:aws:bedrock:us-east-1::foundation-model/amazon.titan-embed-text-v2:0";

  final Client client;
  final String bucket;
  String id;
  String source;

  private KnowledgeBaseFixture(Client client, String bucket, String id, String source) {
    this.client = client;
    this.bucket = bucket;
    this.id = id;
    this.source = source;
  }

  KnowledgeBaseFixture(Client client, String name) {
    this(client, name, null, null);
    client.call("s3", "CreateBucket", json("{\"Bucket\": \"%s\"}", bucket)).ok();
  }

  static KnowledgeBaseFixture existing(Client client, String name, String id, String source) {
    return new KnowledgeBaseFixture(client, name, id, source);
  }

  /** A client token that no other call has. */
  static String token() {
    return UUID.randomUUID() + "-conformance";
  }

  void put(String key, String text) {
    JsonNode request =
        json("{\"Bucket\": \"%s\", \"Key\": \"%s\", \"Body\": {\"$text\": \"\"}}", bucket, key);
    ((ObjectNode) request.get("Body")).put("$text", text);
    client.call("s3", "PutObject", request).ok();
  }

  void delete(String key) {
    client
        .call("s3", "DeleteObject", json("{\"Bucket\": \"%s\", \"Key\": \"%s\"}", bucket, key))
        .ok();
  }

  JsonNode create(String token) {
    JsonNode base =
        agent(
                "CreateKnowledgeBase",
                """
                {"name": "%s", "clientToken": "%s", "roleArn": "arn:aws:iam::123456789012:role/kb",
                 "tags": {"team": "geology"},
                 "knowledgeBaseConfiguration": {"type": "VECTOR",
                   "vectorKnowledgeBaseConfiguration": {"embeddingModelArn": "%s"}}}
                """,
                bucket,
                token,
                EMBEDDER)
            .path("knowledgeBase");
    id = base.path("knowledgeBaseId").asText();
    return base;
  }

  JsonNode awaitActive() {
    return until(
        () -> agent("GetKnowledgeBase", "{\"knowledgeBaseId\": \"%s\"}", id),
        answer -> !answer.at("/knowledgeBase/status").asText().equals("CREATING"));
  }

  String createSource(String name, String configuration) {
    return agent(
            "CreateDataSource",
            "{\"knowledgeBaseId\": \"%s\", \"name\": \"%s\", \"dataSourceConfiguration\": %s}",
            id,
            name,
            configuration)
        .at("/dataSource/dataSourceId")
        .asText();
  }

  void createBucketSource() {
    source =
        createSource(
            "documents",
            "{\"type\": \"S3\", \"s3Configuration\": {\"bucketArn\": \"arn:aws:s3:::%s\"}}"
                .formatted(bucket));
  }

  /** Starts a job; its id. */
  String startSync() {
    JsonNode job = agent("StartIngestionJob", source("")).path("ingestionJob");
    assertThat(job.path("status").asText()).isEqualTo("STARTING");
    return job.path("ingestionJobId").asText();
  }

  /** Waits for a job, which must complete; its statistics. */
  JsonNode statistics(String job) {
    JsonNode done =
        until(
                () -> agent("GetIngestionJob", source(", \"ingestionJobId\": \"" + job + "\"")),
                answer -> ended(answer.at("/ingestionJob/status").asText()))
            .path("ingestionJob");
    assertThat(done.path("status").asText()).as("%s", done).isEqualTo("COMPLETE");
    return done.path("statistics");
  }

  String source(String more) {
    return "{\"knowledgeBaseId\": \"%s\", \"dataSourceId\": \"%s\"%s}".formatted(id, source, more);
  }

  private static boolean ended(String status) {
    return status.equals("COMPLETE") || status.equals("FAILED") || status.equals("STOPPED");
  }

  JsonNode agent(String operation, String template, Object... parts) {
    return client.call("bedrock-agent", operation, json(template, parts)).ok();
  }

  JsonNode retrieve(String question, String configuration) {
    return client
        .call(
            "bedrock-agent-runtime",
            "Retrieve",
            json(
                """
                {"knowledgeBaseId": "%s", "retrievalQuery": {"text": "%s"},
                 "retrievalConfiguration": {"vectorSearchConfiguration": %s}}
                """,
                id, question, configuration))
        .ok()
        .path("retrievalResults");
  }

  JsonNode question(String text) {
    return json(
        """
        {"input": {"text": "%s"},
         "retrieveAndGenerateConfiguration": {"type": "KNOWLEDGE_BASE",
           "knowledgeBaseConfiguration": {"knowledgeBaseId": "%s",
             "modelArn": "arn:aws:bedrock:us-east-1::foundation-model/outcrop.quote-v1"}}}
        """,
        text, id);
  }

  static JsonNode until(Supplier<JsonNode> now, Predicate<JsonNode> enough) {
    Instant end = Instant.now().plus(PATIENCE);
    JsonNode last = now.get();
    while (!enough.test(last)) {
      assertThat(Instant.now()).as("waited too long; the last answer: %s", last).isBefore(end);
      pause();
      last = now.get();
    }
    return last;
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
