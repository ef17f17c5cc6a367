package dev.outcrop.knowledge;

import dev.outcrop.knowledge.answering.AnswerSink;
import dev.outcrop.knowledge.answering.ModelAnswer;
import dev.outcrop.knowledge.answering.Quotes;
import dev.outcrop.knowledge.answering.QuotingAnswer;
import dev.outcrop.wire.EventSink;
import java.time.InstantSource;
import software.amazon.awssdk.services.bedrockagent.model.KnowledgeBase;
import software.amazon.awssdk.services.bedrockagentruntime.model.GenerationConfiguration;
import software.amazon.awssdk.services.bedrockagentruntime.model.KnowledgeBaseRetrieveAndGenerateConfiguration;
import software.amazon.awssdk.services.bedrockagentruntime.model.RetrieveAndGenerateConfiguration;
import software.amazon.awssdk.services.bedrockagentruntime.model.RetrieveAndGenerateRequest;
import software.amazon.awssdk.services.bedrockagentruntime.model.RetrieveAndGenerateResponse;
import software.amazon.awssdk.services.bedrockagentruntime.model.RetrieveAndGenerateStreamRequest;
import software.amazon.awssdk.services.bedrockagentruntime.model.RetrieveAndGenerateStreamResponse;
import software.amazon.awssdk.services.bedrockagentruntime.model.RetrieveAndGenerateStreamResponseOutput;
import software.amazon.awssdk.services.bedrockagentruntime.model.RetrieveAndGenerateType;

/**
 * RetrieveAndGenerate, whole and streamed: answers from a knowledge base, with citations. {@code
 * outcrop.quote-v1}, also used when no model is named, quotes the best sentences; any other model
 * writes the answer from the passages found.
 */
public final class Generation {
  static final String QUOTE_MODEL = "outcrop.quote-v1";

  private final Passages passages;
  private final Sessions sessions;
  private final Quotes quotes;
  private final ModelAnswer models;
  private final InstantSource clock;

  Generation(
      Passages passages,
      Sessions sessions,
      Quotes quotes,
      ModelAnswer models,
      InstantSource clock) {
    this.passages = passages;
    this.sessions = sessions;
    this.quotes = quotes;
    this.models = models;
    this.clock = clock;
  }

  public RetrieveAndGenerateResponse retrieveAndGenerate(RetrieveAndGenerateRequest request) {
    SupportedFields.check(request, RetrievalErrors::invalid);
    CollectedAnswer answer = new CollectedAnswer();
    String session =
        answer(
            request.input().text(),
            request.retrieveAndGenerateConfiguration(),
            request.sessionId(),
            id -> answer);
    return RetrieveAndGenerateResponse.builder()
        .sessionId(session)
        .output(o -> o.text(answer.text()))
        .citations(answer.citations())
        .build();
  }

  public void retrieveAndGenerateStream(
      RetrieveAndGenerateStreamRequest request,
      EventSink<RetrieveAndGenerateStreamResponseOutput> events) {
    SupportedFields.check(request, RetrievalErrors::invalid);
    answer(
        request.input().text(),
        request.retrieveAndGenerateConfiguration(),
        request.sessionId(),
        id -> {
          events.respond(RetrieveAndGenerateStreamResponse.builder().sessionId(id).build());
          return new StreamedAnswer(events);
        });
  }

  private interface Opening {
    AnswerSink open(String sessionId);
  }

  /** Answers and returns the session's id. Nothing is sent before the request is known good. */
  private String answer(
      String question,
      RetrieveAndGenerateConfiguration configuration,
      String sessionId,
      Opening opening) {
    KnowledgeBaseRetrieveAndGenerateConfiguration options = options(configuration);
    KnowledgeBase base = passages.base(options.knowledgeBaseId());
    Sessions.Session session = sessions.open(sessionId, options.knowledgeBaseId());
    Passages.Found found =
        passages.find(
            base,
            question,
            options.retrievalConfiguration(),
            0,
            Passages.results(options.retrievalConfiguration()));
    RememberedAnswer sink = new RememberedAnswer(() -> opening.open(session.id()));
    if (quoting(options.modelArn())) {
      requireNoOptions(options.generationConfiguration());
      quote(question, found, sink);
    } else {
      write(question, options, session, found, sink);
    }
    sessions.add(session, options.knowledgeBaseId(), question, sink.text());
    return session.id();
  }

  private void quote(String question, Passages.Found found, AnswerSink sink) {
    QuotingAnswer.write(
        RetrievalErrors.withModels(
            () ->
                quotes.best(
                    question,
                    found.model(),
                    found.question() == null
                        ? passages.vector(found.model(), question)
                        : found.question(),
                    found.hits())),
        sink);
  }

  private void write(
      String question,
      KnowledgeBaseRetrieveAndGenerateConfiguration options,
      Sessions.Session session,
      Passages.Found found,
      AnswerSink sink) {
    ModelAnswer.Question whole =
        new ModelAnswer.Question(
            options.modelArn(),
            options.generationConfiguration(),
            session.turns(),
            question,
            found.hits(),
            clock.instant());
    try {
      RetrievalErrors.withModels(
          () -> {
            models.write(whole, sink);
            return null;
          });
    } catch (IllegalArgumentException e) {
      throw RetrievalErrors.invalid(e.getMessage() + ".");
    }
  }

  private static KnowledgeBaseRetrieveAndGenerateConfiguration options(
      RetrieveAndGenerateConfiguration configuration) {
    if (configuration == null || configuration.type() != RetrieveAndGenerateType.KNOWLEDGE_BASE) {
      throw RetrievalErrors.invalid(
          "retrieveAndGenerateConfiguration.type must be KNOWLEDGE_BASE; Outcrop does not support"
              + " other types yet.");
    }
    if (configuration.knowledgeBaseConfiguration() == null
        || configuration.knowledgeBaseConfiguration().knowledgeBaseId() == null) {
      throw RetrievalErrors.invalid(
          "retrieveAndGenerateConfiguration.knowledgeBaseConfiguration.knowledgeBaseId is"
              + " required.");
    }
    return configuration.knowledgeBaseConfiguration();
  }

  private static boolean quoting(String modelArn) {
    return modelArn == null
        || modelArn.equals(QUOTE_MODEL)
        || modelArn.endsWith(":foundation-model/" + QUOTE_MODEL);
  }

  private static void requireNoOptions(GenerationConfiguration options) {
    if (options != null && !options.equals(GenerationConfiguration.builder().build())) {
      throw RetrievalErrors.invalid(
          QUOTE_MODEL
              + " quotes and has nothing to configure; leave generationConfiguration out or name"
              + " a language model.");
    }
  }
}
