package dev.outcrop.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.bedrockagent.model.*;
import software.amazon.awssdk.services.bedrockagentruntime.model.RetrieveRequest;
import software.amazon.awssdk.services.bedrockagentruntime.model.RetrieveResponse;

class DocumentsTest {
  @TempDir static Path home;
  private static Running running;
  private static int tests;
  private KnowledgeBase base;
  private DataSource source;

  @BeforeAll
  static void start() {
    running = new Running(home);
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  @BeforeEach
  void prepare() {
    base = running.base("handbook-" + tests++);
    source = running.custom(base.knowledgeBaseId(), "notes");
  }

  @Test
  void documentsSentInAreFoundAndDeletedOnesAreNot() {
    send(text("leave", "Staff have thirty days of paid leave a year.", "kind", "rule"));
    send(text("parking", "Visitors park behind the east wing.", "kind", "place"));
    assertThat(retrieve("How many days off do I get?").retrievalResults().getFirst())
        .satisfies(
            hit -> {
              assertThat(hit.location().customDocumentLocation().id()).isEqualTo("leave");
              assertThat(hit.metadata().get("kind")).isEqualTo(Document.fromString("rule"));
              assertThat(hit.score()).isBetween(0.0, 1.0);
            });
    running.agent.deleteKnowledgeBaseDocuments(
        r ->
            r.knowledgeBaseId(base.knowledgeBaseId())
                .dataSourceId(source.dataSourceId())
                .documentIdentifiers(identifier("leave")));
    Running.until(() -> status("leave") == DocumentStatus.NOT_FOUND);
    assertThat(retrieve("How many days off do I get?").retrievalResults())
        .extracting(hit -> hit.location().customDocumentLocation().id())
        .containsExactly("parking");
  }

  @Test
  void sendingADocumentAgainReplacesIt() {
    send(text("leave", "Staff have thirty days of leave.", "kind", "rule"));
    send(text("leave", "Staff have thirty-five days of leave.", "kind", "rule"));
    assertThat(retrieve("days of leave").retrievalResults())
        .extracting(hit -> hit.content().text())
        .containsExactly("Staff have thirty-five days of leave.");
  }

  @Test
  void aDocumentThatCannotBeReadSaysWhy() {
    running.agent.ingestKnowledgeBaseDocuments(
        r ->
            r.knowledgeBaseId(base.knowledgeBaseId())
                .dataSourceId(source.dataSourceId())
                .documents(
                    document(
                        "bad",
                        c ->
                            c.inlineContent(
                                i -> i.type("TEXT").textContent(t -> t.data("%BROKEN")))),
                    document(
                        "bytes",
                        c ->
                            c.inlineContent(
                                i ->
                                    i.type("BYTE")
                                        .byteContent(
                                            b ->
                                                b.mimeType("text/plain")
                                                    .data(
                                                        SdkBytes.fromUtf8String(
                                                            "Bytes too are read.")))))));
    Running.until(() -> settled("bad") && settled("bytes"));
    assertThat(detail("bad").status()).isEqualTo(DocumentStatus.FAILED);
    assertThat(detail("bad").statusReason()).isEqualTo("The file is broken.");
    assertThat(detail("bytes").status()).isEqualTo(DocumentStatus.INDEXED);
  }

  @Test
  void listsDocumentsPageByPage() {
    for (String id : List.of("a", "b", "c")) {
      send(text(id, "Text of " + id, "kind", "x"));
    }
    var paginator =
        running.agent.listKnowledgeBaseDocumentsPaginator(
            r ->
                r.knowledgeBaseId(base.knowledgeBaseId())
                    .dataSourceId(source.dataSourceId())
                    .maxResults(2));
    assertThat(paginator.stream()).hasSize(2);
    assertThat(paginator.documentDetails())
        .extracting(d -> d.identifier().custom().id())
        .containsExactly("a", "b", "c");
  }

  @Test
  void passagesComePageByPageForTheirOwnQuestionAlone() {
    for (String id : List.of("a", "b", "c")) {
      send(text(id, "A word about " + id + ".", "kind", "x"));
    }
    RetrieveRequest first =
        RetrieveRequest.builder()
            .knowledgeBaseId(base.knowledgeBaseId())
            .retrievalQuery(q -> q.text("a word"))
            .retrievalConfiguration(c -> c.vectorSearchConfiguration(v -> v.numberOfResults(2)))
            .build();
    assertThat(running.runtime.retrievePaginator(first).retrievalResults())
        .extracting(r -> r.location().customDocumentLocation().id())
        .containsExactlyInAnyOrder("a", "b", "c");
    String token = running.runtime.retrieve(first).nextToken();
    assertThatThrownBy(
            () ->
                running.runtime.retrieve(
                    first.toBuilder()
                        .retrievalQuery(q -> q.text("another"))
                        .nextToken(token)
                        .build()))
        .isInstanceOf(
            software.amazon.awssdk.services.bedrockagentruntime.model.ValidationException.class);
  }

  @Test
  void syncingACustomSourceIsRefused() {
    assertThatThrownBy(
            () ->
                running.agent.startIngestionJob(
                    r ->
                        r.knowledgeBaseId(base.knowledgeBaseId())
                            .dataSourceId(source.dataSourceId())))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("CUSTOM");
  }

  private void send(KnowledgeBaseDocument document) {
    String id = document.content().custom().customDocumentIdentifier().id();
    var answer =
        running.agent.ingestKnowledgeBaseDocuments(
            r ->
                r.knowledgeBaseId(base.knowledgeBaseId())
                    .dataSourceId(source.dataSourceId())
                    .documents(document));
    assertThat(answer.documentDetails().getFirst().status()).isEqualTo(DocumentStatus.STARTING);
    Running.until(() -> status(id) == DocumentStatus.INDEXED);
  }

  private boolean settled(String id) {
    return List.of(DocumentStatus.INDEXED, DocumentStatus.FAILED).contains(status(id));
  }

  private DocumentStatus status(String id) {
    return detail(id).status();
  }

  private KnowledgeBaseDocumentDetail detail(String id) {
    return running
        .agent
        .getKnowledgeBaseDocuments(
            r ->
                r.knowledgeBaseId(base.knowledgeBaseId())
                    .dataSourceId(source.dataSourceId())
                    .documentIdentifiers(identifier(id)))
        .documentDetails()
        .getFirst();
  }

  private RetrieveResponse retrieve(String question) {
    return running.runtime.retrieve(
        RetrieveRequest.builder()
            .knowledgeBaseId(base.knowledgeBaseId())
            .retrievalQuery(q -> q.text(question))
            .build());
  }

  private static DocumentIdentifier identifier(String id) {
    return DocumentIdentifier.builder()
        .dataSourceType(ContentDataSourceType.CUSTOM)
        .custom(c -> c.id(id))
        .build();
  }

  private static KnowledgeBaseDocument document(
      String id, java.util.function.Consumer<CustomContent.Builder> content) {
    CustomContent.Builder custom =
        CustomContent.builder()
            .customDocumentIdentifier(i -> i.id(id))
            .sourceType(CustomSourceType.IN_LINE);
    content.accept(custom);
    return KnowledgeBaseDocument.builder()
        .content(c -> c.dataSourceType(ContentDataSourceType.CUSTOM).custom(custom.build()))
        .build();
  }

  private static KnowledgeBaseDocument text(String id, String text, String key, String value) {
    return document(
            id,
            c ->
                c.inlineContent(i -> i.type(InlineContentType.TEXT).textContent(t -> t.data(text))))
        .toBuilder()
        .metadata(
            m ->
                m.type(MetadataSourceType.IN_LINE_ATTRIBUTE)
                    .inlineAttributes(
                        a ->
                            a.key(key)
                                .value(v -> v.type(MetadataValueType.STRING).stringValue(value))))
        .build();
  }
}
