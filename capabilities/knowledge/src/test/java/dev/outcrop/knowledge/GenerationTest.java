package dev.outcrop.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.bedrockagent.model.ContentDataSourceType;
import software.amazon.awssdk.services.bedrockagent.model.CustomSourceType;
import software.amazon.awssdk.services.bedrockagent.model.DataSource;
import software.amazon.awssdk.services.bedrockagent.model.DocumentStatus;
import software.amazon.awssdk.services.bedrockagentruntime.model.Citation;
import software.amazon.awssdk.services.bedrockagentruntime.model.GenerationConfiguration;
import software.amazon.awssdk.services.bedrockagentruntime.model.ResourceNotFoundException;
import software.amazon.awssdk.services.bedrockagentruntime.model.RetrieveAndGenerateConfiguration;
import software.amazon.awssdk.services.bedrockagentruntime.model.RetrieveAndGenerateResponse;
import software.amazon.awssdk.services.bedrockagentruntime.model.RetrieveAndGenerateStreamResponseHandler;
import software.amazon.awssdk.services.bedrockagentruntime.model.ValidationException;

class GenerationTest {
  private static final String TEXT =
      "The lighthouse was built in 1871. It is forty metres tall.\n\n"
          + "Ferries leave the harbour every two hours. Tickets are sold on board.\n\n"
          + "The island has one bakery. It opens at seven in the morning.";

  @TempDir static Path home;
  private static Running running;
  private static String base;

  @BeforeAll
  static void start() {
    running = new Running(home);
    base = running.base("island").knowledgeBaseId();
    DataSource source = running.custom(base, "guide");
    running.agent.ingestKnowledgeBaseDocuments(
        r ->
            r.knowledgeBaseId(base)
                .dataSourceId(source.dataSourceId())
                .documents(
                    d ->
                        d.content(
                            c ->
                                c.dataSourceType(ContentDataSourceType.CUSTOM)
                                    .custom(
                                        m ->
                                            m.customDocumentIdentifier(i -> i.id("guide"))
                                                .sourceType(CustomSourceType.IN_LINE)
                                                .inlineContent(
                                                    i ->
                                                        i.type("TEXT")
                                                            .textContent(t -> t.data(TEXT)))))));
    Running.until(
        () ->
            running
                .agent
                .listKnowledgeBaseDocuments(
                    r -> r.knowledgeBaseId(base).dataSourceId(source.dataSourceId()))
                .documentDetails()
                .stream()
                .allMatch(d -> d.status() == DocumentStatus.INDEXED));
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  @Test
  void quotesTheSentenceThatAnswersWithExactSpans() {
    RetrieveAndGenerateResponse answer = ask("When does the bakery open?", null, null);
    assertThat(answer.output().text()).contains("It opens at seven in the morning.");
    assertThat(answer.citations())
        .hasSizeBetween(1, 3)
        .allSatisfy(c -> assertSpan(answer.output().text(), c));
    assertThat(answer.citations())
        .extracting(GenerationTest::rank)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.rangeClosed(1, answer.citations().size()).boxed().toList());
    assertThat(answer.citations())
        .extracting(
            c -> c.retrievedReferences().getFirst().location().customDocumentLocation().id())
        .containsOnly("guide");
  }

  @Test
  void saysThatNothingIsNear() {
    RetrieveAndGenerateResponse answer =
        ask("What does the Treaty of Westphalia say about tariffs on silk?", null, null);
    assertThat(answer.output().text()).startsWith("Nothing in the knowledge base");
    assertThat(answer.citations()).allMatch(c -> c.retrievedReferences().isEmpty());
  }

  @Test
  void aModelsMarksBecomeCitations() {
    running.chat.answer = "It was built in 1871 [1]. Nobody knows more.";
    RetrieveAndGenerateResponse answer = ask("How old is the lighthouse?", Running.CHAT, null);
    assertThat(answer.output().text()).isEqualTo("It was built in 1871. Nobody knows more.");
    assertThat(answer.citations()).hasSize(1);
    assertSpan(answer.output().text(), answer.citations().getFirst());
    assertThat(answer.citations().getFirst().generatedResponsePart().textResponsePart().text())
        .isEqualTo("It was built in 1871.");
    assertThat(running.chat.asked.getLast().system().getFirst().text())
        .contains("lighthouse was built");
  }

  @Test
  void aSessionRemembersWhatWasSaidUntilItExpires() {
    running.chat.answer = "In 1871 [1].";
    String session = ask("How old is the lighthouse?", Running.CHAT, null).sessionId();
    assertThat(ask("And how tall?", Running.CHAT, session).sessionId()).isEqualTo(session);
    assertThat(running.chat.asked.getLast().messages())
        .extracting(m -> m.content().getFirst().text())
        .containsExactly("How old is the lighthouse?", "In 1871.", "And how tall?");
    running.clock.move(Duration.ofHours(25));
    assertThatThrownBy(() -> ask("And now?", Running.CHAT, session))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("Session with Id " + session + " is not valid");
  }

  @Test
  void aPromptTemplateAndInferenceOptionsReachTheModel() {
    running.chat.answer = "Yes.";
    running.runtime.retrieveAndGenerate(
        r ->
            r.input(i -> i.text("Is there a bakery?"))
                .retrieveAndGenerateConfiguration(
                    configuration(
                        Running.CHAT,
                        GenerationConfiguration.builder()
                            .promptTemplate(
                                p -> p.textPromptTemplate("Say yes: $query$ $search_results$"))
                            .inferenceConfig(
                                c ->
                                    c.textInferenceConfig(t -> t.maxTokens(7).stopSequences("END")))
                            .build())));
    var asked = running.chat.asked.getLast();
    assertThat(asked.system().getFirst().text()).startsWith("Say yes: Is there a bakery? [1] ");
    assertThat(asked.inferenceConfig().maxTokens()).isEqualTo(7);
    assertThat(asked.inferenceConfig().stopSequences()).containsExactly("END");
  }

  @Test
  void refusesWhatItCannotDo() {
    assertThatThrownBy(() -> ask("x?", "amazon.no-such-model-v1", null))
        .isInstanceOf(ValidationException.class);
    assertThatThrownBy(() -> ask("x?", null, "unknown-session"))
        .isInstanceOf(ValidationException.class);
    assertThatThrownBy(
            () ->
                running.runtime.retrieveAndGenerate(
                    r ->
                        r.input(i -> i.text("x?"))
                            .retrieveAndGenerateConfiguration(
                                c ->
                                    c.type("KNOWLEDGE_BASE")
                                        .knowledgeBaseConfiguration(
                                            k ->
                                                k.knowledgeBaseId("AAAAAAAAAA")
                                                    .modelArn(Generation.QUOTE_MODEL)))))
        .isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void streamsTextAndCitations() {
    StringBuilder text = new StringBuilder();
    List<Integer> ends = new ArrayList<>();
    List<String> sessions = new ArrayList<>();
    running
        .streams
        .retrieveAndGenerateStream(
            r ->
                r.input(i -> i.text("When do ferries leave?"))
                    .retrieveAndGenerateConfiguration(configuration(null, null)),
            RetrieveAndGenerateStreamResponseHandler.builder()
                .onResponse(r -> sessions.add(r.sessionId()))
                .subscriber(
                    RetrieveAndGenerateStreamResponseHandler.Visitor.builder()
                        .onOutput(o -> text.append(o.text()))
                        .onCitation(
                            c ->
                                ends.add(c.generatedResponsePart().textResponsePart().span().end()))
                        .build())
                .build())
        .join();
    assertThat(text.toString()).contains("every two hours");
    assertThat(ends).isNotEmpty().allMatch(end -> text.charAt(end) == '.');
    assertThat(sessions).hasSize(1).doesNotContainNull();
  }

  private static RetrieveAndGenerateResponse ask(String question, String model, String session) {
    return running.runtime.retrieveAndGenerate(
        r ->
            r.input(i -> i.text(question))
                .sessionId(session)
                .retrieveAndGenerateConfiguration(configuration(model, null)));
  }

  private static RetrieveAndGenerateConfiguration configuration(
      String model, GenerationConfiguration generation) {
    return RetrieveAndGenerateConfiguration.builder()
        .type("KNOWLEDGE_BASE")
        .knowledgeBaseConfiguration(
            k ->
                k.knowledgeBaseId(base)
                    .modelArn(model == null ? Generation.QUOTE_MODEL : model)
                    .generationConfiguration(generation))
        .build();
  }

  private static int rank(Citation citation) {
    return citation
        .retrievedReferences()
        .getFirst()
        .metadata()
        .get("x-outcrop-quote-rank")
        .asNumber()
        .intValue();
  }

  /** The span's end is its last character, as at AWS. */
  private static void assertSpan(String text, Citation citation) {
    var part = citation.generatedResponsePart().textResponsePart();
    assertThat(text.substring(part.span().start(), part.span().end() + 1)).isEqualTo(part.text());
  }
}
