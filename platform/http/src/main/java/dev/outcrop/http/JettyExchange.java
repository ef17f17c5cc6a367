package dev.outcrop.http;

import dev.outcrop.wire.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** One request and its response on top of Jetty's. */
final class JettyExchange implements HttpExchange {
  private final Request request;
  private final Response response;
  private final HttpSettings settings;
  private final boolean http1;
  private final ClientEndPoint endPoint;
  private final Runnable leaving = this::clientGone;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Runnable> whenGone = new ArrayList<>(1);

  private volatile HttpStream stream;
  private volatile ResponseBody answer;
  private volatile boolean aborted;
  private Map<String, List<String>> headers;
  private RequestBody body;
  private boolean gone;
  private volatile boolean stopping;
  private boolean done;
  private int ticks;

  JettyExchange(Request request, Response response, HttpSettings settings) {
    this.request = request;
    this.response = response;
    this.settings = settings;
    http1 = isHttp1(request);
    endPoint = endPoint(request);
    request.addHttpStreamWrapper(
        current -> {
          stream = current;
          return current;
        });
    // The failure of an HTTP/2 stream that its client reset; a closed connection is the end
    // point's to notice.
    request.addFailureListener(failure -> clientGone());
    // A handler may work for long without a byte moving: silence is only wrong while the client is
    // waited for, and then the pending read or write fails.
    request.addIdleTimeoutListener(timeout -> false);
    endPoint.onLeave(leaving);
    if (http1) {
      endPoint.requestBegan();
    }
  }

  private static boolean isHttp1(Request request) {
    HttpVersion version = request.getConnectionMetaData().getHttpVersion();
    return version == HttpVersion.HTTP_1_1 || version == HttpVersion.HTTP_1_0;
  }

  private static ClientEndPoint endPoint(Request request) {
    EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
    while (endPoint instanceof EndPoint.Wrapper wrapper) {
      endPoint = wrapper.unwrap();
    }
    return (ClientEndPoint) endPoint;
  }

  @Override
  public String method() {
    return request.getMethod();
  }

  @Override
  public String rawPath() {
    String path = request.getHttpURI().getPath();
    return path == null ? "" : path;
  }

  @Override
  public String rawQuery() {
    return request.getHttpURI().getQuery();
  }

  @Override
  public Map<String, List<String>> headers() {
    if (headers == null) {
      Map<String, List<String>> map = new TreeMap<>();
      for (HttpField field : request.getHeaders()) {
        map.computeIfAbsent(field.getLowerCaseName(), name -> new ArrayList<>(1))
            .add(field.getValue() == null ? "" : field.getValue());
      }
      // HTTP/2 names the host in :authority; signatures cover it as a header.
      String authority = request.getHttpURI().getAuthority();
      if (authority != null) {
        map.computeIfAbsent("host", name -> List.of(authority));
      }
      headers = map;
    }
    return headers;
  }

  @Override
  public InputStream body() {
    if (body == null) {
      body = new RequestBody(request, settings.limits().bodyBytes());
    }
    return body;
  }

  @Override
  public OutputStream respond(int status, Map<String, List<String>> fields) throws IOException {
    if (answer != null) {
      throw new IllegalStateException("the response was already started");
    }
    response.setStatus(status);
    fields.forEach(
        (name, values) -> {
          if (!name.toLowerCase(Locale.ROOT).equals("transfer-encoding")) {
            values.forEach(value -> response.getHeaders().add(name, value));
          }
        });
    answer = ResponseBody.start(request, response);
    return answer;
  }

  @Override
  public boolean committed() {
    return answer != null;
  }

  /** Sends what is left of the response; false when none was started. */
  boolean complete() throws IOException {
    if (answer == null) {
      return false;
    }
    answer.close();
    return true;
  }

  /** Waits for the client to send what nobody reads; breaks off one that takes too long. */
  void discardLeftover() throws InterruptedException {
    if (http1 && !Leftover.discard(request, body != null && body.asked())) {
      abort();
    }
  }

  @Override
  public void abort() {
    if (!aborted) {
      aborted = true;
      if (!resetStream()) {
        stream.failed(new IOException("broken off by the handler"));
      }
    }
  }

  /** Jetty would call it cancelled, which says that the client wanted it so. */
  private boolean resetStream() {
    if (!(request.getConnectionMetaData().getConnection() instanceof HTTP2Connection http2)) {
      return false;
    }
    int id = Integer.parseInt(stream.getId());
    Stream open = http2.getSession().getStream(id);
    if (open != null) {
      open.reset(new ResetFrame(id, ErrorCode.INTERNAL_ERROR.code), Callback.NOOP);
    }
    return open != null;
  }

  boolean aborted() {
    return aborted;
  }

  @Override
  public void onClientGone(Runnable action) {
    lock.lock();
    try {
      if (gone) {
        action.run();
      } else if (!done) {
        whenGone.add(action);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Under the lock, so that no action runs once the exchange has ended. */
  void clientGone() {
    lock.lock();
    try {
      if (!done && !gone) {
        gone = true;
        whenGone.forEach(Runnable::run);
      }
    } finally {
      lock.unlock();
    }
  }

  /** As {@link #clientGone}, but it is the server that goes. */
  void stop() {
    stopping = true;
    clientGone();
  }

  @Override
  public boolean stopping() {
    return stopping;
  }

  /** Called by the clock; from the second time on the exchange is one that takes long. */
  void tick() {
    lock.lock();
    try {
      if (++ticks == 2 && http1 && !done) {
        endPoint.watch();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The handler has returned. */
  void end() {
    lock.lock();
    try {
      done = true;
    } finally {
      lock.unlock();
    }
    endPoint.forget(leaving);
    if (http1) {
      endPoint.unwatch();
      endPoint.requestEnded();
    }
  }

  @Override
  public boolean secure() {
    return settings.tls() != null;
  }
}
