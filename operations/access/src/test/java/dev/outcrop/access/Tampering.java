package dev.outcrop.access;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;

/** Sends what the SDK has signed, with its body changed on the way. */
final class Tampering implements SdkHttpClient {
  private final SdkHttpClient client = Apache5HttpClient.create();

  /** The bodies that were sent, a character for each byte. */
  final List<String> sent = new ArrayList<>();

  final List<SdkHttpRequest> heads = new ArrayList<>();
  UnaryOperator<String> change = UnaryOperator.identity();

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    SdkHttpRequest head = request.httpRequest();
    if (request.contentStreamProvider().isEmpty()
        || head.method() != SdkHttpMethod.PUT && head.method() != SdkHttpMethod.POST) {
      return client.prepareRequest(request);
    }
    String body;
    try (InputStream in = request.contentStreamProvider().get().newStream()) {
      body = change.apply(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    sent.add(body);
    heads.add(head);
    byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
    return client.prepareRequest(
        HttpExecuteRequest.builder()
            .request(
                head.toBuilder()
                    .putHeader("Content-Length", Integer.toString(bytes.length))
                    .build())
            .contentStreamProvider(() -> new ByteArrayInputStream(bytes))
            .build());
  }

  @Override
  public void close() {
    client.close();
  }
}
