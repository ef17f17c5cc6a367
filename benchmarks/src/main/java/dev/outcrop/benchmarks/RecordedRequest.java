package dev.outcrop.benchmarks;

import dev.outcrop.wire.HttpExchange;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/** The request of an exchange that happens without a server. */
abstract class RecordedRequest implements HttpExchange {
  private final String path;
  private final byte[] body;

  RecordedRequest(String path, byte[] body) {
    this.path = path;
    this.body = body;
  }

  @Override
  public String method() {
    return "POST";
  }

  @Override
  public String rawPath() {
    return path;
  }

  @Override
  public String rawQuery() {
    return null;
  }

  @Override
  public Map<String, List<String>> headers() {
    return Map.of(
        "content-type",
        List.of("application/json"),
        "content-length",
        List.of(Integer.toString(body.length)));
  }

  @Override
  public InputStream body() {
    return new ByteArrayInputStream(body);
  }

  @Override
  public void abort() {
    throw new IllegalStateException("the handler broke the answer off");
  }

  @Override
  public void onClientGone(Runnable action) {
    // This client stays.
  }

  @Override
  public boolean secure() {
    return false;
  }
}
