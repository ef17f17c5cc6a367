package dev.outcrop.access;

import dev.outcrop.wire.HttpExchange;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A request's head. */
record Request(String method, String rawPath, String rawQuery, Map<String, List<String>> headers)
    implements HttpExchange {

  static Request of(String method, String path, String query, String... headers) {
    Map<String, List<String>> map = new TreeMap<>();
    for (int i = 0; i < headers.length; i += 2) {
      map.put(headers[i], List.of(headers[i + 1]));
    }
    return new Request(method, path, query, map);
  }

  Request with(String name, String value) {
    Map<String, List<String>> more = new TreeMap<>(headers);
    more.put(name, List.of(value));
    return new Request(method, rawPath, rawQuery, more);
  }

  @Override
  public InputStream body() {
    return InputStream.nullInputStream();
  }

  @Override
  public OutputStream respond(int status, Map<String, List<String>> answer) {
    return OutputStream.nullOutputStream();
  }

  @Override
  public boolean committed() {
    return false;
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
