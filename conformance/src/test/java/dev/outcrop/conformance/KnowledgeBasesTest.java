package dev.outcrop.conformance;

import static dev.outcrop.conformance.clients.Json.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outcrop.conformance.clients.Client;
import dev.outcrop.conformance.clients.Kind;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** From documents in a bucket to answers with citations. */
final class KnowledgeBasesTest {
  private static final String QUARRY =
      """
      # Granite quarry

      ## Safety

      The blasting siren sounds three times before every detonation. Visitors wear a yellow helmet.

      ## Opening hours

      The quarry opens at seven in the morning and closes at five in the afternoon.
      """;

  private static final String MUSEUM =
      """
      <html><head><title>Museum</title></head><body><h1>Mineral museum</h1>
      <p>The museum shows the Hope sapphire, which weighs forty carats.</p>
      <p>Children under twelve enter free of charge.</p></body></html>
      """;

  private static final String STAFF =
      """
      name,role,extension
      Ada Stone,head geologist,4711
      Ben Clay,ticket office,4712
      """;

  @ParameterizedTest
  @EnumSource
  void documentsAnswerQuestions(Kind kind) {
    KnowledgeBaseFixture base = indexed(kind, "answers");

    JsonNode best = base.retrieve("How heavy is the sapphire?", "{\"numberOfResults\": 2}").get(0);
    assertThat(best.at("/content/text").asText()).contains("forty carats");
    assertThat(best.at("/location/s3Location/uri").asText())
        .isEqualTo("s3://" + base.bucket + "/museum.html");
    assertThat(best.path("score").asDouble()).isPositive();

    JsonNode filtered =
        base.retrieve(
            "How heavy is the sapphire?",
            "{\"numberOfResults\": 5, \"filter\": {\"equals\": {\"key\": \"site\", \"value\": \"quarry\"}}}");
    assertThat(filtered.findValuesAsText("uri"))
        .isNotEmpty()
        .containsOnly("s3://" + base.bucket + "/quarry.md");

    JsonNode question = base.question("When does the quarry open?");
    JsonNode answer =
        base.client.call("bedrock-agent-runtime", "RetrieveAndGenerate", question).ok();
    String text = answer.at("/output/text").asText();
    assertThat(text).contains("seven in the morning");
    assertThat(answer.path("sessionId").asText()).isNotEmpty();
    spansPointIntoTheAnswer(answer, text);
    assertThat(answer.path("citations").findValuesAsText("uri"))
        .contains("s3://" + base.bucket + "/quarry.md");
    if (!base.client.lacks(Client.Lack.STREAMS)) {
      streams(base.client, question, text);
    }
  }

  private static void spansPointIntoTheAnswer(JsonNode answer, String text) {
    assertThat(answer.path("citations")).isNotEmpty();
    for (JsonNode citation : answer.path("citations")) {
      JsonNode part = citation.at("/generatedResponsePart/textResponsePart");
      int start = part.at("/span/start").asInt();
      int end = part.at("/span/end").asInt();
      // The end of a span is its last character, as AWS counts.
      assertThat(text.substring(start, end + 1)).isEqualTo(part.path("text").asText());
      assertThat(citation.path("retrievedReferences")).isNotEmpty();
    }
  }

  private static void streams(Client client, JsonNode question, String text) {
    List<JsonNode> events =
        client.stream("bedrock-agent-runtime", "RetrieveAndGenerateStream", question, Client.NEVER)
            .streamed();
    String streamed =
        events.stream().map(e -> e.at("/output/text").asText()).collect(Collectors.joining());
    assertThat(streamed).isEqualTo(text);
    assertThat(events).anySatisfy(e -> assertThat(e.has("citation")).isTrue());
  }

  @ParameterizedTest
  @EnumSource
  void syncsCountWhatChanged(Kind kind) {
    KnowledgeBaseFixture base = indexed(kind, "syncs");
    base.put("quarry.md", QUARRY.replace("seven", "six"));
    base.delete("staff.csv");

    JsonNode second = base.statistics(base.startSync());
    assertThat(second).isEqualTo(counts(2, 0, 1, 1));
    assertThat(base.statistics(base.startSync())).isEqualTo(counts(2, 0, 0, 0));
    JsonNode best = base.retrieve("When does the quarry open?", "{\"numberOfResults\": 1}").get(0);
    assertThat(best.at("/content/text").asText()).contains("six in the morning");
    assertThat(
            base.retrieve("Which extension has Ada Stone?", "{\"numberOfResults\": 10}")
                .findValuesAsText("uri"))
        .isNotEmpty()
        .doesNotContain("s3://" + base.bucket + "/staff.csv");
  }

  private static KnowledgeBaseFixture indexed(Kind kind, String name) {
    KnowledgeBaseFixture base = new KnowledgeBaseFixture(kind.client(), name + "-" + kind.label());
    base.put("quarry.md", QUARRY);
    base.put(
        "quarry.md.metadata.json",
        "{\"metadataAttributes\": {\"site\": \"quarry\", \"year\": 2024}}");
    base.put("museum.html", MUSEUM);
    base.put("staff.csv", STAFF);
    JsonNode created = base.create(KnowledgeBaseFixture.token());
    assertThat(created.path("status").asText()).isEqualTo("CREATING");
    assertThat(base.id).matches("[0-9A-Z]{10}");
    assertThat(base.awaitActive().at("/knowledgeBase/status").asText()).isEqualTo("ACTIVE");
    base.createBucketSource();
    assertThat(base.statistics(base.startSync())).isEqualTo(counts(3, 3, 0, 0));
    return base;
  }

  /** Statistics of a job on a bucket with one file of metadata. */
  private static JsonNode counts(int scanned, int added, int modified, int deleted) {
    return json(
        """
        {"numberOfDocumentsScanned": %d, "numberOfMetadataDocumentsScanned": 1,
         "numberOfNewDocumentsIndexed": %d, "numberOfModifiedDocumentsIndexed": %d,
         "numberOfMetadataDocumentsModified": 0, "numberOfDocumentsDeleted": %d,
         "numberOfDocumentsFailed": 0, "numberOfDocumentsSkipped": 0}
        """,
        scanned, added, modified, deleted);
  }
}
