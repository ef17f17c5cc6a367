package dev.outcrop.models.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outcrop.models.Inference;
import dev.outcrop.models.TokenCounts;
import dev.outcrop.wire.ClientGoneException;
import dev.outcrop.wire.HttpExchange;
import dev.outcrop.wire.HttpHandler;
import dev.outcrop.wire.Interceptor;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;

/**
 * Anthropic's Messages API over every model here: {@code POST /v1/messages}, in one piece or as
 * server-sent events, and {@code POST /v1/messages/count_tokens}. {@code model} is any id, alias or
 * ARN that Bedrock's operations take. Errors have Anthropic's form and statuses. The same is served
 * below {@code /anthropic}, where Bedrock has this API.
 */
public final class MessagesApi implements HttpHandler {

  private static final Logger LOG = LoggerFactory.getLogger(MessagesApi.class);
  private static final String MESSAGES = "/v1/messages";
  private static final String COUNT = "/v1/messages/count_tokens";

  /** What Bedrock's own copy of this API has before its paths. */
  private static final String ON_BEDROCK = "/anthropic";

  /**
   * The versions there are. What a later one has removed ({@code temperature}) is taken with it all
   * the same: the models behind aren't Anthropic's alone.
   */
  private static final Set<String> VERSIONS = Set.of("2023-01-01", "2023-06-01", "2026-10-21");

  private final MessageCalls calls;

  /**
   * @param interceptors as the dispatcher of AWS requests has them; they see the call as the
   *     operation of Bedrock Runtime that it amounts to
   */
  public MessagesApi(Inference inference, TokenCounts counts, Interceptor... interceptors) {
    this.calls = new MessageCalls(inference, counts, List.of(interceptors));
  }

  /** Whether a path is this API's. */
  public static boolean serves(String rawPath) {
    String path = path(rawPath);
    return path.equals(MESSAGES) || path.startsWith(MESSAGES + "/");
  }

  private static String path(String rawPath) {
    return rawPath.startsWith(ON_BEDROCK + "/") ? rawPath.substring(ON_BEDROCK.length()) : rawPath;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    String id = "req_" + UUID.randomUUID().toString().replace("-", "");
    try (Leaving leaving = new Leaving(exchange)) {
      try {
        serve(exchange, id);
      } catch (ClientGoneException | IOException e) {
        exchange.abort();
      } catch (Exception | StackOverflowError e) {
        if (leaving.left()) {
          exchange.abort(); // the interrupt, in whatever form the work met it
        } else {
          fail(exchange, id, e);
        }
      }
    }
  }

  private static void fail(HttpExchange exchange, String id, Throwable thrown) throws IOException {
    ApiError error = ApiError.of(thrown);
    if (error.status() == 500) {
      LOG.error("Request {} failed", id, thrown);
    }
    if (exchange.committed()) {
      exchange.abort();
    } else {
      answer(exchange, error.status(), error.json(id), id);
    }
  }

  private void serve(HttpExchange exchange, String id) throws Exception {
    ApiError problem = problem(exchange);
    if (problem != null) {
      answer(exchange, problem.status(), problem.json(id), id);
      return;
    }
    MessageCalls.Incoming incoming = calls.read(exchange, id);
    Fields body = Fields.parse(SdkBytes.fromByteArrayUnsafe(incoming.body()));
    List<String> betas = Said.betas(exchange);
    Titles titles = new Titles();
    if (path(exchange.rawPath()).equals(COUNT)) {
      ConverseStreamRequest request = named(MessagesReader.api(body, false), titles);
      int tokens =
          new Said(betas, titles.byName()).bound(() -> calls.count(exchange, incoming, request));
      answer(exchange, 200, Json.object().put("input_tokens", tokens), id);
      return;
    }
    ConverseStreamRequest read = named(MessagesReader.api(body, true), titles);
    Said said = new Said(betas, titles.byName());
    MessagesBody message = MessagesBody.of(read, "msg_", read.modelId());
    if (body.bool("stream").orElse(false)) {
      MessageStream stream = new MessageStream(exchange, message.chunks(), id);
      said.bound(() -> stream(exchange, incoming, message, stream));
    } else {
      JsonNode answer = said.bound(() -> calls.whole(exchange, incoming, message));
      answer(exchange, 200, answer, id);
    }
  }

  private static ConverseStreamRequest named(ConverseStreamRequest request, Titles titles) {
    return request.toBuilder().messages(titles.named(request.messages())).build();
  }

  private Void stream(
      HttpExchange exchange,
      MessageCalls.Incoming incoming,
      MessagesBody message,
      MessageStream stream)
      throws Exception {
    try {
      calls.stream(exchange, incoming, message, stream);
    } catch (ClientGoneException e) {
      throw e;
    } catch (Exception e) {
      if (!stream.begun() || Thread.currentThread().isInterrupted()) {
        throw e;
      }
      LOG.debug("Request {} failed midway", incoming.requestId(), e);
      stream.fail(ApiError.of(e));
    }
    stream.end();
    return null;
  }

  private static ApiError problem(HttpExchange exchange) {
    String path = path(exchange.rawPath());
    if (!path.equals(MESSAGES) && !path.equals(COUNT)) {
      return new ApiError(404, "not_found_error", "Not found: " + path);
    }
    if (!exchange.method().equals("POST")) {
      return new ApiError(405, "invalid_request_error", "Method Not Allowed");
    }
    String version = exchange.header("anthropic-version");
    if (version == null) {
      return ApiError.invalid("anthropic-version: header is required");
    }
    return VERSIONS.contains(version)
        ? null
        : ApiError.invalid("anthropic-version: \"" + version + "\" is not a valid version");
  }

  private static void answer(HttpExchange exchange, int status, JsonNode body, String id)
      throws IOException {
    byte[] bytes = Json.bytes(body);
    try (OutputStream out =
        exchange.respond(
            status,
            Map.of(
                "content-type", List.of("application/json"),
                "content-length", List.of(String.valueOf(bytes.length)),
                "request-id", List.of(id)))) {
      out.write(bytes);
    }
  }
}
