package dev.outcrop.models.compatible;

import dev.outcrop.models.Inference;
import dev.outcrop.models.bodies.Body;
import dev.outcrop.models.catalogue.Catalogue;
import dev.outcrop.storage.Database;
import dev.outcrop.wire.ClientGoneException;
import dev.outcrop.wire.ClientWatch;
import dev.outcrop.wire.HttpExchange;
import dev.outcrop.wire.HttpHandler;
import dev.outcrop.wire.Interceptor;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * OpenAI's API over every model here: {@code /v1/chat/completions}, {@code /v1/responses}, {@code
 * /v1/embeddings} and {@code /v1/models}. {@code model} is any id, alias or ARN that Bedrock's
 * operations take. Errors have OpenAI's form and statuses.
 *
 * <p>Paths below {@code /v1/} belong to no AWS service here once signed requests are left out: two
 * characters make no bucket's name.
 */
public final class OpenAiApi implements HttpHandler {

  private static final Logger LOG = LoggerFactory.getLogger(OpenAiApi.class);
  private static final String PREFIX = "/v1/";

  private final Door door;
  private final Routes routes;

  /**
   * @param catalogue the models that there are at the moment
   * @param database keeps the answers of the Responses API that clients want stored
   * @param interceptors as the dispatcher of AWS requests has them; they see each call as the
   *     operation of Bedrock's that it amounts to
   */
  public OpenAiApi(
      Inference inference,
      Supplier<Catalogue> catalogue,
      Database database,
      InstantSource clock,
      Interceptor... interceptors) {
    this.door = new Door(List.of(interceptors));
    Chats chats = new Chats(inference);
    this.routes =
        new Routes(
            new ChatCompletions(chats),
            new Responses(chats, new ResponseStore(database, clock)),
            new EmbeddingsApi(inference),
            new ModelList(catalogue));
  }

  /** Whether a request is for this API: below {@code /v1/}, and not signed for AWS. */
  public static boolean serves(HttpExchange exchange) {
    return exchange.rawPath().startsWith(PREFIX) && !isSigned(exchange);
  }

  private static boolean isSigned(HttpExchange exchange) {
    String authorization = exchange.header("authorization");
    String query = exchange.rawQuery();
    return authorization != null && authorization.startsWith("AWS4-")
        || query != null && query.contains("X-Amz-Signature=")
        || exchange.header("x-amz-target") != null;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    String id = Door.newRequestId();
    ClientWatch watch = ClientWatch.of(exchange);
    Named named = new Named();
    try {
      routes.serve(exchange, door, id, named);
    } catch (ClientGoneException | IOException e) {
      LOG.debug("Request {} was cut off", id, e);
      exchange.abort();
    } catch (Exception | StackOverflowError e) {
      if (watch.left()) {
        exchange.abort(); // the interrupt, in whatever form the work met it
      } else {
        fail(exchange, id, ApiError.of(e, named.model), e);
      }
    } finally {
      watch.end();
    }
  }

  private static void fail(HttpExchange exchange, String id, ApiError error, Throwable thrown)
      throws IOException {
    if (error.status() == 500) {
      LOG.error("Request {} failed", id, thrown);
    }
    if (exchange.committed()) {
      exchange.abort();
    } else {
      ApiRequest.answer(exchange, error.status(), Json.bytes(error.json()), id);
    }
  }

  /** The model that the request names, once that is known, for errors. */
  static final class Named {
    private String model;

    Body in(Body body) {
      model = body.json().path("model").textValue();
      return body;
    }
  }
}
