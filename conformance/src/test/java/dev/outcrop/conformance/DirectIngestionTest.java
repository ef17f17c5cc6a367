package dev.outcrop.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outcrop.conformance.clients.Kind;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Documents sent in, looked at and deleted one by one. */
final class DirectIngestionTest {
  @ParameterizedTest
  @EnumSource
  void documentsAreSentInDirectly(Kind kind) {
    KnowledgeBaseFixture base = new KnowledgeBaseFixture(kind.client(), "direct-" + kind.label());
    base.create(KnowledgeBaseFixture.token());
    base.awaitActive();
    base.source = base.createSource("custom", "{\"type\": \"CUSTOM\"}");
    base.agent(
        "IngestKnowledgeBaseDocuments",
        base.source(
            """
            , "documents": [{"content": {"dataSourceType": "CUSTOM", "custom": {
                "customDocumentIdentifier": {"id": "memo-1"}, "sourceType": "IN_LINE",
                "inlineContent": {"type": "TEXT",
                  "textContent": {"data": "The canteen serves lentil soup on Thursdays."}}}}}]
            """));
    String which =
        base.source(
            """
            , "documentIdentifiers": [{"dataSourceType": "CUSTOM", "custom": {"id": "memo-1"}}]
            """);
    assertThat(awaitDocument(base, which, "INDEXED")).isEqualTo("INDEXED");
    assertThat(
            base.retrieve("What soup is there?", "{\"numberOfResults\": 1}")
                .get(0)
                .at("/content/text")
                .asText())
        .contains("lentil soup");
    assertThat(
            base.agent("ListKnowledgeBaseDocuments", base.source(""))
                .path("documentDetails")
                .findValuesAsText("id"))
        .containsExactly("memo-1");

    base.agent("DeleteKnowledgeBaseDocuments", which);
    assertThat(awaitDocument(base, which, "NOT_FOUND")).isEqualTo("NOT_FOUND");
    assertThat(base.retrieve("What soup is there?", "{\"numberOfResults\": 1}")).isEmpty();
  }

  private static String awaitDocument(KnowledgeBaseFixture base, String which, String status) {
    return KnowledgeBaseFixture.until(
            () -> base.agent("GetKnowledgeBaseDocuments", which).at("/documentDetails/0"),
            d -> List.of(status, "FAILED").contains(d.path("status").asText()))
        .path("status")
        .asText();
  }
}
