package dev.outcrop.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.DocumentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ImageBlock;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.ToolResultContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/** What becomes of documents and objects on the way to a model. */
class AttachmentsTest {

  private final ScriptedModels scripted = new ScriptedModels();

  @Test
  void aDocumentBecomesTextForAModelThatReadsNone() {
    ask(
        ScriptedModels.CHAT,
        document(d -> d.source(s -> s.bytes(SdkBytes.fromUtf8String("body"))).context("minutes")));
    assertThat(sent().content().get(1).text())
        .isEqualTo("<document name=\"file\">\n<context>minutes</context>\ntxt:body\n</document>");
  }

  @Test
  void aModelThatReadsDocumentsGetsThem() {
    ContentBlock document = document(d -> d.source(s -> s.text("body")));
    ask(ScriptedModels.READER, document);
    assertThat(sent().content().get(1)).isEqualTo(document);
    ask(
        ScriptedModels.READER,
        document(d -> d.source(s -> s.s3Location(l -> l.uri("s3://docs/a.txt")))));
    assertThat(sent().content().get(1).document().source().bytes().asUtf8String())
        .isEqualTo("a.txt");
  }

  @Test
  void aFormatThatAModelDoesNotReadComesAsADocumentOfText() {
    ask(
        ScriptedModels.READER,
        document(
            d ->
                d.format("docx")
                    .citations(c -> c.enabled(true))
                    .source(s -> s.bytes(SdkBytes.fromUtf8String("body")))));
    DocumentBlock sent = sent().content().get(1).document();
    assertThat(sent.source().text()).isEqualTo("docx:body");
    assertThat(sent.citations().enabled()).isTrue();
  }

  @Test
  void objectsAreFetched() {
    ask(
        ScriptedModels.CHAT,
        ContentBlock.fromImage(
            ImageBlock.builder()
                .format("png")
                .source(s -> s.s3Location(l -> l.uri("s3://docs/folder/a.png")))
                .build()),
        document(d -> d.source(s -> s.s3Location(l -> l.uri("s3://docs/b.txt")))));
    assertThat(sent().content().get(1).image().source().bytes().asUtf8String())
        .isEqualTo("folder/a.png");
    assertThat(sent().content().get(2).text()).contains("txt:b.txt");
  }

  @Test
  void whatCannotBeFetchedIsTold() {
    refused("s3://docs/missing", "s3://docs/missing at messages.0.content.1.document.source");
    refused("s3://docs/missing", "The specified key does not exist");
    refused("s3://docs/large", "more than the 4718592 bytes");
    refused("http://docs/a", "is not the URI of an object");
  }

  @Test
  void citationsNeedAModelThatReads() {
    ContentBlock cited = document(d -> d.source(s -> s.text("a")).citations(c -> c.enabled(true)));
    assertThatThrownBy(() -> ask(ScriptedModels.CHAT, cited))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("This model doesn't support the messages.0.content.1.document");
    ask(ScriptedModels.READER, cited);
  }

  @Test
  void documentsInToolResultsAreReadToo() {
    scripted.inference.converse(
        ConverseRequest.builder()
            .modelId(ScriptedModels.CHAT)
            .messages(
                Message.builder().role("user").content(ContentBlock.fromText("a")).build(),
                Message.builder()
                    .role("assistant")
                    .content(
                        ContentBlock.fromToolUse(
                            u ->
                                u.toolUseId("u")
                                    .name("n")
                                    .input(
                                        software.amazon.awssdk.core.document.Document.mapBuilder()
                                            .build())))
                    .build(),
                Message.builder()
                    .role("user")
                    .content(
                        ContentBlock.fromText("b"),
                        ContentBlock.fromToolResult(
                            r ->
                                r.toolUseId("u")
                                    .content(
                                        ToolResultContentBlock.fromDocument(
                                            d ->
                                                d.name("x")
                                                    .format("md")
                                                    .source(
                                                        s ->
                                                            s.bytes(
                                                                SdkBytes.fromUtf8String("m")))))))
                    .build())
            .toolConfig(
                t ->
                    t.tools(
                        tool ->
                            tool.toolSpec(
                                s ->
                                    s.name("n")
                                        .inputSchema(
                                            i ->
                                                i.json(
                                                    software.amazon.awssdk.core.document.Document
                                                        .mapBuilder()
                                                        .putString("type", "object")
                                                        .build())))))
            .build());
    assertThat(sent().content().get(1).toolResult().content().getFirst().text()).contains("md:m");
  }

  private void refused(String uri, String problem) {
    assertThatThrownBy(
            () ->
                ask(
                    ScriptedModels.CHAT,
                    document(d -> d.source(s -> s.s3Location(l -> l.uri(uri))))))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining(problem);
  }

  private static ContentBlock document(java.util.function.Consumer<DocumentBlock.Builder> change) {
    return ContentBlock.fromDocument(
        DocumentBlock.builder().name("file").format("txt").applyMutation(change).build());
  }

  private void ask(String modelId, ContentBlock... blocks) {
    Message.Builder message = Message.builder().role("user");
    java.util.List<ContentBlock> content = new java.util.ArrayList<>();
    content.add(ContentBlock.fromText("read"));
    content.addAll(java.util.List.of(blocks));
    scripted.inference.converse(
        ConverseRequest.builder()
            .modelId(modelId)
            .messages(message.content(content).build())
            .build());
  }

  private Message sent() {
    ConverseStreamRequest asked = scripted.provider.asked.getLast();
    return asked.messages().getLast();
  }
}
