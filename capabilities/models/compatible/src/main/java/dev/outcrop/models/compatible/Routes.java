package dev.outcrop.models.compatible;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outcrop.models.bodies.Body;
import dev.outcrop.wire.HttpExchange;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.bedrock.model.GetFoundationModelRequest;
import software.amazon.awssdk.services.bedrock.model.ListFoundationModelsRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelRequest;

/** Which request is answered by what. */
record Routes(
    ChatCompletions completions, Responses responses, EmbeddingsApi embeddings, ModelList models) {

  private static final String CHAT = "/v1/chat/completions";
  private static final String RESPONSES = "/v1/responses";
  private static final String RESPONSE = RESPONSES + "/";
  private static final String ITEMS = "/input_items";
  private static final String EMBEDDINGS = "/v1/embeddings";
  private static final String MODELS = "/v1/models";
  private static final String MODEL = MODELS + "/";

  void serve(HttpExchange exchange, Door door, String requestId, OpenAiApi.Named named)
      throws Exception {
    String path = exchange.rawPath();
    Class<? extends SdkRequest> operation = operation(path);
    if (operation == null) {
      throw new ApiException(
          ApiError.notFound(
              "Invalid URL (%s %s): this server has %s, %s, %s and %s"
                  .formatted(exchange.method(), path, CHAT, RESPONSES, EMBEDDINGS, MODELS)));
    }
    allow(exchange, methods(path));
    ApiRequest request = ApiRequest.admit(exchange, door, requestId, operation);
    switch (path) {
      case CHAT -> completions.create(request, named.in(Body.parse(request.body())));
      case RESPONSES -> responses.create(request, named.in(Body.parse(request.body())));
      case EMBEDDINGS -> embeddings.create(request, named.in(Body.parse(request.body())));
      case MODELS -> {
        ResponseQuery.of(request, List.of());
        request.answer(models.all(request));
      }
      default -> request.answer(named(request, path));
    }
  }

  private static Class<? extends SdkRequest> operation(String path) {
    if (path.startsWith(RESPONSE)) {
      String id = path.substring(RESPONSE.length());
      int end = id.indexOf('/');
      return end < 0 || id.substring(end).equals(ITEMS) ? ConverseRequest.class : null;
    }
    return switch (path) {
      case CHAT, RESPONSES -> ConverseRequest.class;
      case EMBEDDINGS -> InvokeModelRequest.class;
      case MODELS -> ListFoundationModelsRequest.class;
      default -> path.startsWith(MODEL) ? GetFoundationModelRequest.class : null;
    };
  }

  private static String methods(String path) {
    if (path.startsWith(MODELS) || path.endsWith(ITEMS)) {
      return "GET";
    }
    return path.startsWith(RESPONSE) ? "GET, DELETE" : "POST";
  }

  private static void allow(HttpExchange exchange, String methods) {
    if (!List.of(methods.split(", ")).contains(exchange.method())) {
      throw new ApiException(
          new ApiError(
              405,
              "invalid_request_error",
              "method_not_supported",
              null,
              "Not allowed to %s on %s: use %s"
                  .formatted(exchange.method(), exchange.rawPath(), methods)));
    }
  }

  private JsonNode named(ApiRequest request, String path) {
    if (path.startsWith(MODEL)) {
      return models.one(request, decoded(path.substring(MODEL.length())));
    }
    String id = path.substring(RESPONSE.length());
    if (id.endsWith(ITEMS)) {
      return responses.inputItems(request, id.substring(0, id.length() - ITEMS.length()));
    }
    return request.exchange().method().equals("GET")
        ? responses.get(request, id)
        : responses.delete(request, id);
  }

  private static String decoded(String segment) {
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new ApiException(ApiError.unknownModel(segment));
    }
  }
}
