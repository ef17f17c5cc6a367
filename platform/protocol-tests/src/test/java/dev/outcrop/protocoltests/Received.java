package dev.outcrop.protocoltests;

import dev.outcrop.wire.HttpExchange;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/** The request of a test case; it is only read. */
record Received(
    String method, String rawPath, String rawQuery, Map<String, List<String>> headers, byte[] bytes)
    implements HttpExchange {

  @Override
  public InputStream body() {
    return new ByteArrayInputStream(bytes);
  }

  @Override
  public OutputStream respond(int status, Map<String, List<String>> headers) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean committed() {
    return false;
  }

  @Override
  public void abort() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void onClientGone(Runnable action) {}

  @Override
  public boolean secure() {
    return false;
  }
}
