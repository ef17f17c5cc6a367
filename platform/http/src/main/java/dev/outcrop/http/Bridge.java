package dev.outcrop.http;

import dev.outcrop.wire.ClientGoneException;
import dev.outcrop.wire.HttpHandler;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls the handler and answers for it when it did not. */
final class Bridge extends Handler.Abstract {
  private static final Logger LOG = LoggerFactory.getLogger(Bridge.class);

  private final HttpSettings settings;
  private final HttpHandler handler;
  private final OpenExchanges open;

  Bridge(HttpSettings settings, HttpHandler handler, OpenExchanges open) {
    this.settings = settings;
    this.handler = handler;
    this.open = open;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    long limit = settings.limits().bodyBytes();
    if (open.stopping()) {
      refuse(request, response, callback, 503, "the server is stopping");
    } else if (request.getLength() > limit) {
      refuse(request, response, callback, 413, new BodyTooLarge(limit).getMessage());
    } else {
      exchange(request, response, callback);
    }
    return true;
  }

  private void exchange(Request request, Response response, Callback callback) {
    var exchange = new JettyExchange(request, response, settings);
    open.add(exchange);
    Throwable failure = null;
    try {
      handler.handle(exchange);
      if (!exchange.aborted() && !exchange.complete()) {
        throw new IllegalStateException("the handler returned without a response");
      }
      exchange.discardLeftover();
    } catch (Throwable e) {
      failure = e;
    } finally {
      open.remove(exchange);
      exchange.end();
      // The thread may serve other requests: an interrupt was meant for this one.
      Thread.interrupted();
    }
    if (failure == null && !exchange.aborted()) {
      callback.succeeded();
    } else if (exchange.aborted() || exchange.committed() || left(failure)) {
      breakOff(exchange, failure, callback);
    } else {
      apologize(request, response, callback, failure);
    }
  }

  private static void breakOff(JettyExchange exchange, Throwable failure, Callback callback) {
    if (failure != null && !left(failure) && !exchange.aborted()) {
      LOG.error(
          "{} {} failed after its response began", exchange.method(), exchange.rawPath(), failure);
    }
    exchange.abort();
    callback.succeeded();
  }

  /** Whether nobody is there to be told about the failure. */
  private static boolean left(Throwable failure) {
    // An early end can also be a chunk that is none; then the client still listens.
    return failure instanceof ClientGoneException
        || failure instanceof EofException && !(failure instanceof HttpException);
  }

  private static void apologize(
      Request request, Response response, Callback callback, Throwable failure) {
    switch (failure) {
      case BodyTooLarge e -> refuse(request, response, callback, 413, e.getMessage());
      case HttpException e -> refuse(request, response, callback, e.getCode(), e.getReason());
      case IOException e when e.getCause() instanceof HttpException refused ->
          refuse(request, response, callback, refused.getCode(), refused.getReason());
      case IOException e when e.getCause() instanceof TimeoutException ->
          refuse(request, response, callback, 408, "the request body did not arrive in time");
      default -> {
        LOG.error("{} {} failed", request.getMethod(), request.getHttpURI().getPath(), failure);
        refuse(request, response, callback, 500, null);
      }
    }
  }

  private static void refuse(
      Request request, Response response, Callback callback, int status, String message) {
    // What is left of the request, if anything, is not worth reading.
    response.getHeaders().put(HttpHeader.CONNECTION, "close");
    Response.writeError(request, response, callback, status, message);
  }
}
