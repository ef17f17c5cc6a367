package dev.outcrop.wire;

import dev.outcrop.operations.Operation;
import dev.outcrop.operations.OperationIndex;
import dev.outcrop.operations.Protocol;
import dev.outcrop.operations.Resolution;
import dev.outcrop.operations.Router;
import dev.outcrop.operations.Service;
import dev.outcrop.wire.body.Bodies;
import dev.outcrop.wire.protocol.Failure;
import dev.outcrop.wire.protocol.Failures;
import dev.outcrop.wire.protocol.WireProtocol;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers AWS requests by capabilities: finds the operation, reads and validates the request, calls
 * the capability on the current thread, and writes its response, events or error.
 *
 * <p>When the client leaves, the thread is interrupted. Nothing that a client sends makes {@link
 * #handle} throw: every request that is not cut off gets an answer in the form its protocol has for
 * it.
 */
public final class Dispatcher implements HttpHandler {
  /** The most bytes of a request that is not a stream: 64 MiB, above every limit of AWS's. */
  public static final int MAX_BODY = 64 * 1024 * 1024;

  private static final RefusedException STOPPING =
      new RefusedException("ServiceUnavailableException", 503, "The server is stopping");

  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  private final Router router = new Router(OperationIndex.get());
  private final Invocation invocation;
  private final List<Interceptor> interceptors;

  public Dispatcher(Capabilities capabilities, Interceptor... interceptors) {
    this.invocation = new Invocation(capabilities);
    this.interceptors = List.of(interceptors);
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    String requestId = Invocation.newRequestId();
    ClientWatch watch = ClientWatch.of(exchange);
    try {
      answer(exchange, requestId, watch);
    } catch (ClientGoneException | IOException e) {
      LOG.debug("Request {} was cut off", requestId, e);
      exchange.abort();
    } catch (RuntimeException | StackOverflowError e) {
      LOG.error("Request {} failed while its answer was written", requestId, e);
      exchange.abort();
    } finally {
      watch.end();
    }
  }

  private void answer(HttpExchange exchange, String requestId, ClientWatch watch)
      throws IOException {
    byte[] body = null;
    Resolution resolution;
    try {
      resolution =
          router.resolve(
              exchange.method(), exchange.rawPath(), exchange.rawQuery(), exchange::header);
      if (resolution instanceof Resolution.NeedsBody needs) {
        body = Bodies.sent(exchange, MAX_BODY);
        resolution = needs.decide().apply(Bodies.content(exchange, body, MAX_BODY));
      }
    } catch (RefusedException e) {
      fail(exchange, null, protocol(exchange), e, requestId);
      return;
    }
    switch (resolution) {
      case Resolution.Found found -> serve(exchange, found, body, requestId, watch);
      case Resolution.UnknownOperation unknown ->
          fail(exchange, unknown.service(), unknown.protocol(), refuse(unknown), requestId);
      case Resolution.NeedsBody _ -> throw new IllegalStateException("the body did not decide");
    }
  }

  // Forms name their operation in the body; clients that send them read XML.
  private static Protocol protocol(HttpExchange exchange) {
    String type = exchange.header("content-type");
    boolean form = type != null && type.startsWith("application/x-www-form-urlencoded");
    return form ? Protocol.QUERY : Protocol.REST_JSON;
  }

  private static RefusedException refuse(Resolution.UnknownOperation unknown) {
    String service = unknown.service() == null ? "" : " of " + unknown.service().name();
    return RefusedException.unknownOperation(
        "No operation" + service + " is known for: " + unknown.requested());
  }

  private void serve(
      HttpExchange exchange,
      Resolution.Found found,
      byte[] body,
      String requestId,
      ClientWatch watch)
      throws IOException {
    Operation operation = found.operation();
    Serving serving = new Serving(exchange, found, invocation, interceptors, requestId, watch);
    try {
      serving.run(body);
    } catch (Exception | StackOverflowError e) {
      Service service = OperationIndex.get().service(operation.service());
      if (watch.left() && exchange.stopping()) {
        watch.end(); // the interrupt must not break off what is to be said
        serving.fail(Failures.of(STOPPING, service, requestId), STOPPING);
      } else if (watch.left() || e instanceof InterruptedException) {
        throw new ClientGoneException(e); // the interrupt, in whatever form the work met it
      } else if (e instanceof ClientGoneException gone) {
        throw gone;
      } else if (e instanceof IOException cut) {
        throw cut;
      } else {
        serving.fail(Failures.of(e, service, requestId), e);
      }
    }
  }

  private static void fail(
      HttpExchange exchange,
      Service service,
      Protocol protocol,
      RefusedException refused,
      String requestId)
      throws IOException {
    Failure failure = Failures.of(refused, service, requestId);
    WireProtocol wire = WireProtocol.of(protocol);
    Answers.send(exchange, wire.error(service, failure, requestId), protocol, requestId);
  }
}
