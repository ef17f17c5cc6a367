package dev.outcrop.models.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.Inference;
import dev.outcrop.models.JsonDocuments;
import dev.outcrop.models.TokenCounts;
import dev.outcrop.operations.Operation;
import dev.outcrop.operations.OperationIndex;
import dev.outcrop.wire.CallerTrace;
import dev.outcrop.wire.ClaimedKey;
import dev.outcrop.wire.Dispatcher;
import dev.outcrop.wire.EventSink;
import dev.outcrop.wire.HttpExchange;
import dev.outcrop.wire.Interceptor;
import dev.outcrop.wire.RequestContext;
import dev.outcrop.wire.body.Bodies;
import java.io.IOException;
import java.util.List;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseTokensRequest;
import software.amazon.awssdk.services.bedrockruntime.model.CountTokensInput;
import software.amazon.awssdk.services.bedrockruntime.model.CountTokensRequest;
import software.amazon.awssdk.services.bedrockruntime.model.CountTokensResponse;
import software.amazon.awssdk.services.bedrockruntime.model.OutputConfig;

/** Requests of the Messages API as the calls of Bedrock Runtime that they amount to. */
final class MessageCalls {

  private final Inference inference;
  private final TokenCounts counts;
  private final List<Interceptor> interceptors;

  MessageCalls(Inference inference, TokenCounts counts, List<Interceptor> interceptors) {
    this.inference = inference;
    this.counts = counts;
    this.interceptors = interceptors;
  }

  /** A body as it was sent, and without its gzip. */
  record Incoming(String requestId, byte[] sent, byte[] body) {}

  Incoming read(HttpExchange exchange, String requestId) throws IOException {
    byte[] sent = Bodies.sent(exchange, Dispatcher.MAX_BODY);
    return new Incoming(requestId, sent, Bodies.content(exchange, sent, Dispatcher.MAX_BODY));
  }

  JsonNode whole(HttpExchange exchange, Incoming incoming, MessagesBody message) throws Exception {
    ConverseRequest request = inOnePiece(message.request());
    Object response = around(exchange, incoming, request, () -> inference.converse(request));
    return message.answer((ConverseResponse) response);
  }

  private static ConverseRequest inOnePiece(ConverseStreamRequest r) {
    return ConverseRequest.builder()
        .modelId(r.modelId())
        .messages(r.messages())
        .system(r.system())
        .inferenceConfig(r.inferenceConfig())
        .toolConfig(r.toolConfig())
        .additionalModelRequestFields(r.additionalModelRequestFields())
        .additionalModelResponseFieldPaths(
            r.hasAdditionalModelResponseFieldPaths() ? r.additionalModelResponseFieldPaths() : null)
        .outputConfig(r.outputConfig())
        .build();
  }

  void stream(
      HttpExchange exchange,
      Incoming incoming,
      MessagesBody message,
      EventSink<ConverseStreamOutput> events)
      throws Exception {
    around(
        exchange,
        incoming,
        message.request(),
        () -> {
          inference.converseStream(message.request(), events);
          return null;
        });
  }

  int count(HttpExchange exchange, Incoming incoming, ConverseStreamRequest request)
      throws Exception {
    CountTokensRequest counted =
        CountTokensRequest.builder()
            .modelId(request.modelId())
            .input(CountTokensInput.fromConverse(counted(request)))
            .build();
    Object response = around(exchange, incoming, counted, () -> counts.countTokens(counted));
    return ((CountTokensResponse) response).inputTokens();
  }

  private static ConverseTokensRequest counted(ConverseStreamRequest request) {
    return ConverseTokensRequest.builder()
        .messages(request.messages())
        .system(request.system())
        .toolConfig(request.toolConfig())
        .additionalModelRequestFields(
            withFormat(request.outputConfig(), request.additionalModelRequestFields()))
        .build();
  }

  /** A schema counts, too, but CountTokens has no field for it. */
  private static Document withFormat(OutputConfig output, Document fields) {
    if (output == null || output.textFormat() == null) {
      return fields;
    }
    ObjectNode more = fields == null ? Json.object() : (ObjectNode) JsonDocuments.json(fields);
    more.putObject("output_config").set("format", RequestWriter.format(output));
    return JsonDocuments.of(more);
  }

  private Object around(
      HttpExchange exchange, Incoming incoming, SdkRequest request, Interceptor.Call work)
      throws Exception {
    Operation operation = OperationIndex.get().byRequestClass(request.getClass());
    RequestContext context = RequestContext.current();
    context =
        new RequestContext(
            incoming.requestId(),
            context.account(),
            context.region(),
            context.caller(),
            ClaimedKey.of(exchange),
            operation,
            CallerTrace.of(exchange));
    for (Interceptor interceptor : interceptors) {
      context = interceptor.admit(exchange, incoming.sent(), context);
    }
    return context.call(() -> around(0, request, work));
  }

  private Object around(int next, SdkRequest request, Interceptor.Call work) throws Exception {
    return next == interceptors.size()
        ? work.proceed()
        : interceptors.get(next).around(request, () -> around(next + 1, request, work));
  }
}
