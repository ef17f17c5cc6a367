package dev.outcrop.knowledge.answering;

import dev.outcrop.knowledge.index.Hit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.bedrockagentruntime.model.GenerationConfiguration;
import software.amazon.awssdk.services.bedrockagentruntime.model.TextInferenceConfig;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InferenceConfiguration;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.SystemContentBlock;

/** An answer that a chat model writes from the passages, citing them by number. */
public final class ModelAnswer {
  /** The answer when nothing was found, as at AWS. */
  public static final String NOTHING = "Sorry, I am unable to assist you with this request.";

  private final Conversation conversation;

  public ModelAnswer(Conversation conversation) {
    this.conversation = conversation;
  }

  /**
   * A question to answer.
   *
   * @param modelArn who answers
   * @param options how; may be null
   * @param turns what was asked and answered before, in turn
   * @param text the question
   * @param passages what may be used
   * @param now the time that the prompt may mention
   */
  public record Question(
      String modelArn,
      GenerationConfiguration options,
      List<String> turns,
      String text,
      List<Hit> passages,
      Instant now) {}

  /** Answers; throws IllegalArgumentException when the prompt template is not usable. */
  public void write(Question question, AnswerSink sink) {
    ConverseStreamRequest request = request(question);
    if (question.passages().isEmpty()) {
      sink.text(NOTHING);
      sink.citation(0, NOTHING, List.of());
      return;
    }
    CitationMarks marks = new CitationMarks(question.passages(), sink);
    conversation.ask(request, marks::write);
    marks.finish();
  }

  private static ConverseStreamRequest request(Question question) {
    GenerationConfiguration options = question.options();
    String template =
        options == null || options.promptTemplate() == null
            ? PromptTemplate.DEFAULT
            : options.promptTemplate().textPromptTemplate();
    String system =
        PromptTemplate.fill(template, question.text(), question.passages(), question.now());
    ConverseStreamRequest.Builder request =
        ConverseStreamRequest.builder()
            .modelId(question.modelArn())
            .system(SystemContentBlock.fromText(system))
            .messages(messages(question))
            .inferenceConfig(inference(options));
    if (options != null && options.hasAdditionalModelRequestFields()) {
      request.additionalModelRequestFields(
          Document.fromMap(options.additionalModelRequestFields()));
    }
    if (options != null && options.performanceConfig() != null) {
      request.performanceConfig(p -> p.latency(options.performanceConfig().latencyAsString()));
    }
    return request.build();
  }

  private static List<Message> messages(Question question) {
    List<Message> messages = new ArrayList<>();
    for (int i = 0; i < question.turns().size(); i++) {
      messages.add(
          message(
              i % 2 == 0 ? ConversationRole.USER : ConversationRole.ASSISTANT,
              question.turns().get(i)));
    }
    messages.add(message(ConversationRole.USER, question.text()));
    return messages;
  }

  private static Message message(ConversationRole role, String text) {
    return Message.builder().role(role).content(ContentBlock.fromText(text)).build();
  }

  private static InferenceConfiguration inference(GenerationConfiguration options) {
    InferenceConfiguration.Builder inference = InferenceConfiguration.builder();
    TextInferenceConfig text =
        options == null || options.inferenceConfig() == null
            ? null
            : options.inferenceConfig().textInferenceConfig();
    if (text == null) {
      return inference.temperature(0f).build();
    }
    inference.maxTokens(text.maxTokens()).temperature(text.temperature()).topP(text.topP());
    if (text.hasStopSequences()) {
      inference.stopSequences(text.stopSequences());
    }
    return inference.build();
  }
}
