package dev.outcrop.wire;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A request and its answer in memory. */
class FakeExchange implements HttpExchange {
  private final String method;
  private final String path;
  private final Map<String, List<String>> headers = new LinkedHashMap<>();
  private final InputStream body;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  int status;
  Map<String, List<String>> answered;

  FakeExchange(String method, String path, Map<String, String> headers, byte[] body) {
    this.method = method;
    this.path = path;
    headers.forEach((name, value) -> this.headers.put(name, List.of(value)));
    this.body = new ByteArrayInputStream(body);
  }

  String text() {
    return out.toString(StandardCharsets.UTF_8);
  }

  @Override
  public String method() {
    return method;
  }

  @Override
  public String rawPath() {
    int query = path.indexOf('?');
    return query < 0 ? path : path.substring(0, query);
  }

  @Override
  public String rawQuery() {
    int query = path.indexOf('?');
    return query < 0 ? null : path.substring(query + 1);
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
  public OutputStream respond(int given, Map<String, List<String>> answer) {
    status = given;
    answered = answer;
    return out;
  }

  @Override
  public boolean committed() {
    return answered != null;
  }

  @Override
  public void abort() {
    if (answered == null) {
      status = -1;
    }
  }

  @Override
  public void onClientGone(Runnable action) {}

  @Override
  public boolean secure() {
    return false;
  }
}
