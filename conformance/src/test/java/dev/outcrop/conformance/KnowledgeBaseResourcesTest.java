package dev.outcrop.conformance;

import static dev.outcrop.conformance.clients.Json.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outcrop.conformance.clients.Client;
import dev.outcrop.conformance.clients.Kind;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Idempotency, pages, tags, conflicts and deletion. */
final class KnowledgeBaseResourcesTest {
  @ParameterizedTest
  @EnumSource
  void resourcesBehaveAsResources(Kind kind) {
    Client client = kind.client();
    KnowledgeBaseFixture base = new KnowledgeBaseFixture(client, "first-" + kind.label());
    String token = KnowledgeBaseFixture.token();
    JsonNode created = base.create(token);
    assertThat(base.create(token).path("knowledgeBaseId"))
        .as("the same client token")
        .isEqualTo(created.path("knowledgeBaseId"));
    KnowledgeBaseFixture other = new KnowledgeBaseFixture(client, "second-" + kind.label());
    other.create(KnowledgeBaseFixture.token());
    base.awaitActive();
    other.awaitActive();

    List<String> listed =
        client
            .pages("bedrock-agent", "ListKnowledgeBases", json("{\"maxResults\": 1}"))
            .ok()
            .findValuesAsText("knowledgeBaseId");
    assertThat(listed).doesNotHaveDuplicates().contains(base.id, other.id);

    String arn = created.path("knowledgeBaseArn").asText();
    String resource = "{\"resourceArn\": \"" + arn + "\"";
    base.agent("TagResource", resource + ", \"tags\": {\"site\": \"north\"}}");
    base.agent("UntagResource", resource + ", \"tagKeys\": [\"team\"]}");
    assertThat(base.agent("ListTagsForResource", resource + "}").path("tags"))
        .isEqualTo(json("{\"site\": \"north\"}"));

    client
        .call(
            "bedrock-agent",
            "CreateKnowledgeBase",
            json(
                """
                {"name": "%s", "roleArn": "arn:aws:iam::123456789012:role/kb",
                 "knowledgeBaseConfiguration": {"type": "VECTOR",
                   "vectorKnowledgeBaseConfiguration": {"embeddingModelArn": "%s"}}}
                """,
                base.bucket, KnowledgeBaseFixture.EMBEDDER))
        .failedTyped("ConflictException", 409);

    JsonNode gone = json("{\"knowledgeBaseId\": \"%s\"}", base.id);
    assertThat(base.agent("DeleteKnowledgeBase", gone.toString()).path("status").asText())
        .isEqualTo("DELETING");
    KnowledgeBaseFixture.until(
        () ->
            base.client
                .pages("bedrock-agent", "ListKnowledgeBases", json("{\"maxResults\": 9}"))
                .ok(),
        pages -> !pages.findValuesAsText("knowledgeBaseId").contains(base.id));
    client
        .call("bedrock-agent", "GetKnowledgeBase", gone)
        .failedTyped("ResourceNotFoundException", 404);
    client
        .call(
            "bedrock-agent-runtime",
            "Retrieve",
            json(
                "{\"knowledgeBaseId\": \"%s\", \"retrievalQuery\": {\"text\": \"anything\"}}",
                base.id))
        .failedTyped("ResourceNotFoundException", 404);
  }
}
