package dev.outcrop.wire.roundtrip;

import dev.outcrop.wire.HttpExchange;
import dev.outcrop.wire.HttpHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;

/** HTTP clients whose server is a handler in the same thread. */
final class Loopback implements SdkHttpClient {
  private final HttpHandler handler;

  Loopback(HttpHandler handler) {
    this.handler = handler;
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        byte[] body = {};
        if (request.contentStreamProvider().isPresent()) {
          try (InputStream in = request.contentStreamProvider().get().newStream()) {
            body = in.readAllBytes();
          }
        }
        Exchange exchange = exchange(request.httpRequest(), body);
        return HttpExecuteResponse.builder()
            .response(exchange.response)
            .responseBody(
                AbortableInputStream.create(new ByteArrayInputStream(exchange.out.toByteArray())))
            .build();
      }

      @Override
      public void abort() {}
    };
  }

  private Exchange exchange(SdkHttpRequest request, byte[] body) throws IOException {
    Exchange exchange = new Exchange(request, body);
    handler.handle(exchange);
    return exchange;
  }

  @Override
  public void close() {}

  /** The asynchronous client of the same handler; it sends a body when all of it is there. */
  SdkAsyncHttpClient async() {
    return new SdkAsyncHttpClient() {
      @Override
      public CompletableFuture<Void> execute(AsyncExecuteRequest request) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread.startVirtualThread(() -> serve(request, done));
        return done;
      }

      @Override
      public void close() {}
    };
  }

  private void serve(AsyncExecuteRequest request, CompletableFuture<Void> done) {
    try {
      byte[] body = collect(request).get();
      Exchange exchange = exchange(request.request(), body);
      request.responseHandler().onHeaders(exchange.response);
      request
          .responseHandler()
          .onStream(
              SdkPublisher.fromIterable(List.of(ByteBuffer.wrap(exchange.out.toByteArray()))));
      done.complete(null);
    } catch (IOException | InterruptedException | ExecutionException | RuntimeException e) {
      request.responseHandler().onError(e);
      done.completeExceptionally(e);
    }
  }

  private static CompletableFuture<byte[]> collect(AsyncExecuteRequest request) {
    CompletableFuture<byte[]> body = new CompletableFuture<>();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    request
        .requestContentPublisher()
        .subscribe(
            new Subscriber<ByteBuffer>() {
              @Override
              public void onSubscribe(Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
              }

              @Override
              public void onNext(ByteBuffer buffer) {
                byte[] part = new byte[buffer.remaining()];
                buffer.get(part);
                bytes.writeBytes(part);
              }

              @Override
              public void onError(Throwable error) {
                body.completeExceptionally(error);
              }

              @Override
              public void onComplete() {
                body.complete(bytes.toByteArray());
              }
            });
    return body;
  }

  private static final class Exchange implements HttpExchange {
    private final SdkHttpRequest request;
    private final InputStream body;
    private final Map<String, List<String>> headers = new LinkedHashMap<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private SdkHttpResponse response;

    Exchange(SdkHttpRequest request, byte[] body) {
      this.request = request;
      this.body = new ByteArrayInputStream(body);
      request.forEachHeader((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
      headers.putIfAbsent("content-length", List.of(Integer.toString(body.length)));
      headers.putIfAbsent("host", List.of(request.host() + ":" + request.port()));
    }

    @Override
    public String method() {
      return request.method().name();
    }

    @Override
    public String rawPath() {
      return request.encodedPath().isEmpty() ? "/" : request.encodedPath();
    }

    @Override
    public String rawQuery() {
      return request.encodedQueryParameters().orElse(null);
    }

    @Override
    public Map<String, List<String>> headers() {
      return headers;
    }

    @Override
    public InputStream body() {
      return body;
    }

    @Override
    public OutputStream respond(int status, Map<String, List<String>> given) {
      response = SdkHttpResponse.builder().statusCode(status).headers(given).build();
      return out;
    }

    @Override
    public boolean committed() {
      return response != null;
    }

    @Override
    public void abort() {}

    @Override
    public void onClientGone(Runnable action) {}

    @Override
    public boolean secure() {
      return false;
    }
  }
}
