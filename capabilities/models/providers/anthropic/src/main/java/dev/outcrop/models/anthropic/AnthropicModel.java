package dev.outcrop.models.anthropic;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.ChatModel;
import dev.outcrop.models.upstream.Failure;
import dev.outcrop.models.upstream.ResponseFields;
import dev.outcrop.models.upstream.Upstream;
import dev.outcrop.models.upstream.UpstreamRequest;
import dev.outcrop.wire.EventSink;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseTokensRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ResourceNotFoundException;

/**
 * A model behind Anthropic's Messages API. Always streams, so that no answer is too long to come.
 */
final class AnthropicModel implements ChatModel {

  private static final String VERSION = "2023-06-01";

  /** What every model can write, for services that don't say more. */
  private static final int LEAST_MAX_TOKENS = 4096;

  /** What the counting of tokens takes. */
  private static final Set<String> COUNTED =
      Set.of(
          "model",
          "messages",
          "system",
          "tools",
          "tool_choice",
          "thinking",
          "output_config",
          "mcp_servers",
          "context_management",
          CachePoints.KEY);

  private final Upstream upstream;
  private final AnthropicOptions options;
  private volatile int maxTokens;

  AnthropicModel(Upstream upstream, AnthropicOptions options) {
    this.upstream = upstream;
    this.options = options;
    this.maxTokens = options.maxTokens();
  }

  @Override
  public boolean readsDocuments() {
    return true;
  }

  @Override
  public boolean readsDocuments(String format) {
    return MediaWriter.reads(format);
  }

  @Override
  public boolean knowsTiers() {
    return true;
  }

  @Override
  public void converse(ConverseStreamRequest request, EventSink<ConverseStreamOutput> events) {
    long start = System.nanoTime();
    List<JsonPointer> pointers =
        ResponseFields.pointers(request.additionalModelResponseFieldPaths());
    boolean byTool = RequestWriter.answersByTool(request, options);
    List<String> betas = betas();
    ObjectNode body = RequestWriter.write(request, options, betas).put("stream", true);
    if (!body.has("max_tokens")) {
      body.put("max_tokens", maxTokens());
    }
    UpstreamRequest call =
        UpstreamRequest.stream("/messages", Json.bytes(body), options.model())
            .withHeaders(headers(betas));
    try (Answer answer =
        upstream.call(
            call, r -> Answer.begin(r, new EventReader(pointers, byTool, start, request)))) {
      answer.send(events);
    } catch (Failure failure) {
      throw upstream.midStream(failure);
    }
  }

  private List<String> betas() {
    List<String> betas = new ArrayList<>(options.beta());
    betas.addAll(Said.current().betas());
    return betas;
  }

  private static Map<String, String> headers(List<String> betas) {
    Map<String, String> headers = new HashMap<>();
    headers.put("anthropic-version", VERSION);
    if (!betas.isEmpty()) {
      headers.put("anthropic-beta", String.join(",", betas.stream().distinct().toList()));
    }
    return headers;
  }

  /** What requests without a limit get, once that is known. */
  OptionalLong maxOutput() {
    int known = maxTokens;
    return known > 0 ? OptionalLong.of(known) : OptionalLong.empty();
  }

  /** The model's own limit, which is what Bedrock takes when a request has none. */
  private int maxTokens() {
    int known = maxTokens;
    if (known > 0) {
      return known;
    }
    String path = "/models/" + URLEncoder.encode(options.model(), StandardCharsets.UTF_8);
    try {
      JsonNode info = upstream.json(UpstreamRequest.get(path).withHeaders(headers(List.of())));
      known = info.path("max_tokens").asInt(0);
    } catch (ResourceNotFoundException e) {
      known = 0; // not every service that speaks the protocol has this
    }
    maxTokens = known > 0 ? known : LEAST_MAX_TOKENS;
    return maxTokens;
  }

  /**
   * There is no other way into the model than a conversation, so the prompt is what the user says.
   */
  @Override
  public void complete(ConverseStreamRequest request, EventSink<ConverseStreamOutput> events) {
    converse(request, events);
  }

  @Override
  public int countTokens(ConverseTokensRequest request) {
    return count(
        ConverseStreamRequest.builder()
            .messages(request.messages())
            .system(request.system())
            .toolConfig(request.toolConfig())
            .additionalModelRequestFields(request.additionalModelRequestFields())
            .build());
  }

  @Override
  public int countCompletionTokens(ConverseStreamRequest request) {
    return count(request);
  }

  private int count(ConverseStreamRequest request) {
    List<String> betas = betas();
    ObjectNode body = RequestWriter.write(request, options, betas).retain(COUNTED);
    JsonNode count =
        upstream.json(
            UpstreamRequest.json("/messages/count_tokens", Json.bytes(body), options.model())
                .withHeaders(headers(betas)));
    if (!count.path("input_tokens").isInt()) {
      throw upstream.exception(
          new Failure(Failure.Kind.BROKEN, 0, "its answer has no count of tokens"));
    }
    return count.path("input_tokens").intValue();
  }
}
