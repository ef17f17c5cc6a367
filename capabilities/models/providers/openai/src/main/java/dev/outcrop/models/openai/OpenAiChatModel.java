package dev.outcrop.models.openai;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.ChatModel;
import dev.outcrop.models.upstream.Failure;
import dev.outcrop.models.upstream.ResponseFields;
import dev.outcrop.models.upstream.Upstream;
import dev.outcrop.models.upstream.UpstreamRequest;
import dev.outcrop.wire.EventSink;
import java.util.List;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseTokensRequest;
import software.amazon.awssdk.services.bedrockruntime.model.TokenUsage;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/**
 * A chat model behind chat completions, always streamed. A server that doesn't tell usage is
 * counted by the model's tokenizer where one is known here, otherwise as nothing, which is logged
 * once.
 */
final class OpenAiChatModel implements ChatModel {

  private static final Logger LOG = LoggerFactory.getLogger(OpenAiChatModel.class);
  private static final String CHAT = "/chat/completions";
  private static final String COMPLETIONS = "/completions";

  private final Upstream upstream;
  private final ChatOptions options;
  private final TokenCounter counter;
  private volatile boolean streamUsage;
  private volatile boolean warned;

  OpenAiChatModel(Upstream upstream, ChatOptions options) {
    this.upstream = upstream;
    this.options = options;
    this.counter = TokenCounter.of(options, upstream);
    this.streamUsage = options.streamUsage();
  }

  @Override
  public boolean readsDocuments() {
    return options.documents() == ChatOptions.DocumentInput.FILE;
  }

  @Override
  public boolean readsDocuments(String format) {
    return readsDocuments() && "pdf".equals(format);
  }

  @Override
  public boolean knowsTiers() {
    return true;
  }

  @Override
  public void converse(ConverseStreamRequest request, EventSink<ConverseStreamOutput> events) {
    ObjectNode body = ChatRequest.chat(request, options, streamUsage);
    answer(CHAT, body, request, events, () -> counter.chat(body));
  }

  @Override
  public void complete(ConverseStreamRequest request, EventSink<ConverseStreamOutput> events) {
    if (!options.completions()) {
      converse(request, events);
      return;
    }
    ObjectNode body = ChatRequest.completion(request, options, streamUsage);
    answer(COMPLETIONS, body, request, events, () -> counter.text(ChatRequest.prompt(request)));
  }

  private void answer(
      String path,
      ObjectNode body,
      ConverseStreamRequest request,
      EventSink<ConverseStreamOutput> events,
      IntSupplier inputTokens) {
    long start = System.nanoTime();
    List<JsonPointer> pointers =
        ResponseFields.pointers(request.additionalModelResponseFieldPaths());
    Answer answer = new Answer(request, events, pointers, counter.local(), start);
    try (ChatStream stream = open(path, body)) {
      for (JsonNode chunk = stream.next(); chunk != null; chunk = stream.next()) {
        answer.chunk(chunk);
      }
      answer.end(answer.hasUsage() ? null : counted(answer, inputTokens));
      stream.drain();
    } catch (Failure failure) {
      throw answer.begun() ? upstream.midStream(failure) : upstream.exception(failure);
    }
  }

  private ChatStream open(String path, ObjectNode body) {
    try {
      return upstream.call(
          UpstreamRequest.stream(path, Json.bytes(body), options.model()), ChatStream::open);
    } catch (ValidationException refused) {
      if (!body.has("stream_options") || !refused.getMessage().contains("stream_options")) {
        throw refused;
      }
      // An older server: its usage comes unasked or not at all.
      streamUsage = false;
      body.remove("stream_options");
      return open(path, body);
    }
  }

  private TokenUsage counted(Answer answer, IntSupplier inputTokens) {
    if (counter.local()) {
      return Usage.of(inputTokens.getAsInt(), counter.text(answer.written()));
    }
    if (!warned) {
      warned = true;
      LOG.warn(
          "The model {} of provider {} tells no usage, so that its tokens count as 0; set its"
              + " option tokenizer to have them counted here",
          options.model(),
          upstream.provider());
    }
    return Usage.of(0, 0);
  }

  @Override
  public int countTokens(ConverseTokensRequest request) {
    return counter.chat(
        ChatRequest.chat(
            ConverseStreamRequest.builder()
                .messages(request.messages())
                .system(request.system())
                .toolConfig(request.toolConfig())
                .additionalModelRequestFields(request.additionalModelRequestFields())
                .build(),
            options,
            false));
  }

  @Override
  public int countCompletionTokens(ConverseStreamRequest request) {
    return options.completions()
        ? counter.text(ChatRequest.prompt(request))
        : counter.chat(ChatRequest.chat(request, options, false));
  }
}
