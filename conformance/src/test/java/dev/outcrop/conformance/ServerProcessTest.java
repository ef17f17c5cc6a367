package dev.outcrop.conformance;

import static dev.outcrop.conformance.clients.Json.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outcrop.conformance.clients.Client;
import dev.outcrop.conformance.clients.Kind;
import dev.outcrop.conformance.running.Command;
import dev.outcrop.conformance.running.Homes;
import dev.outcrop.conformance.running.OutcropProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server as a process: killed, started twice, and asked through. */
final class ServerProcessTest {
  private static final int DOCUMENTS = 40;

  /** Long enough that indexing all the notes takes seconds. */
  private static final String RULES =
      "Lockers are to be left clean, with the key in the door, on the last day of the season. "
          .repeat(12);

  @TempDir Path folder;

  @Test
  void whatWasAcknowledgedSurvivesAKill() throws Exception {
    Path home = Homes.fresh("killed");
    String base;
    String source;
    String job;
    try (OutcropProcess server = OutcropProcess.up(home);
        Client client = Kind.java(server.endpoint())) {
      KnowledgeBaseFixture fixture = new KnowledgeBaseFixture(client, "survivor");
      for (int i = 0; i < DOCUMENTS; i++) {
        fixture.put("note-" + i + ".txt", note(i));
      }
      fixture.create("0123456789-0123456789-0123456789-kill");
      fixture.awaitActive();
      fixture.createBucketSource();
      base = fixture.id;
      source = fixture.source;
      job = fixture.startSync();
      JsonNode last =
          KnowledgeBaseFixture.until(
              () ->
                  fixture.agent(
                      "GetIngestionJob", fixture.source(", \"ingestionJobId\": \"" + job + "\"")),
              answer -> answer.at("/ingestionJob/statistics/numberOfDocumentsScanned").asInt() > 0);
      assertThat(last.at("/ingestionJob/status").asText()).isEqualTo("IN_PROGRESS");
      server.kill();
    }
    try (OutcropProcess server = OutcropProcess.up(home);
        Client client = Kind.java(server.endpoint())) {
      KnowledgeBaseFixture fixture =
          KnowledgeBaseFixture.existing(client, "survivor", base, source);
      assertThat(fixture.awaitActive().at("/knowledgeBase/name").asText()).isEqualTo("survivor");
      JsonNode object =
          client
              .call("s3", "GetObject", json("{\"Bucket\": \"survivor\", \"Key\": \"note-7.txt\"}"))
              .ok();
      assertThat(object.path("Body").asText()).isEqualTo(note(7));

      JsonNode counts = fixture.statistics(job);
      assertThat(counts.path("numberOfDocumentsScanned").asInt()).isEqualTo(DOCUMENTS);
      assertThat(counts.path("numberOfNewDocumentsIndexed").asInt()).isEqualTo(DOCUMENTS);
      assertThat(counts.path("numberOfDocumentsFailed").asInt()).isZero();
      JsonNode best = fixture.retrieve("Who keeps locker 1033?", "{\"numberOfResults\": 1}").get(0);
      assertThat(best.at("/content/text").asText()).contains("person 33");
      assertThat(server.stop()).as("exit status of a server that is asked to stop").isIn(0, 143);
    }
  }

  private static String note(int i) {
    return "Locker " + (1000 + i) + " is kept by person " + i + ". " + RULES;
  }

  @Test
  void oneServerOwnsAHome() throws Exception {
    Path home = Homes.fresh("owned");
    Files.writeString(
        Files.createDirectory(folder.resolve("docs")).resolve("canteen.md"),
        "# Canteen\n\nThe canteen opens at noon.\n");
    try (OutcropProcess server = OutcropProcess.up(home);
        Client client = Kind.java(server.endpoint())) {
      Command second = OutcropProcess.command("up", "--port", "0", "--home", home.toString());
      assertThat(second.status()).isNotZero();
      assertThat(second.said()).contains(server.endpoint().toString());

      Command ask =
          OutcropProcess.command(
              "ask",
              folder.resolve("docs").toString(),
              "When does the canteen open?",
              "--home",
              home.toString());
      assertThat(ask.said()).contains("noon").contains("canteen.md");
      assertThat(ask.status()).isZero();
      JsonNode bases = client.call("bedrock-agent", "ListKnowledgeBases", json("{}")).ok();
      assertThat(bases.path("knowledgeBaseSummaries")).as("ask went through the server").hasSize(1);
    }
  }
}
