package dev.outcrop.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.outcrop.cli.Installation;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;

/** Calls over sockets whose spans belong to the traces of their clients. */
class TraceParentsTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String PARENT = "b7ad6b7169203331";
  private static final String OTHER = "1af7651916cd43dd8448eb211c80319c";

  @TempDir Path folder;
  private final List<Span> spans = new CopyOnWriteArrayList<>();
  private HttpServer collector;
  private ScriptedServer model;
  private Installation.Server server;

  @BeforeEach
  void start() throws IOException {
    collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext("/v1/traces", this::collect);
    collector.start();
    model = new ScriptedServer("granite");
    Files.writeString(
        folder.resolve("outcrop.yaml"),
        """
        traces: {endpoint: "http://127.0.0.1:%d"}
        keys:
          shop: {access-key-id: AKSHOP, secret: shop-secret, api-keys: [sk-shop-0123456789]}
        providers:
          gateway: {type: openai, endpoints: {main: {url: "%s"}}}
        models:
          claude: {provider: gateway, options: {model: m}}
        """
            .formatted(collector.getAddress().getPort(), model.url()));
    server =
        new LocalInstallation()
            .serve(new Installation.Options(folder.toString(), 0, null, Map.of()));
  }

  private void collect(HttpExchange exchange) throws IOException {
    try (exchange) {
      ExportTraceServiceRequest.parseFrom(exchange.getRequestBody()).getResourceSpansList().stream()
          .flatMap(resource -> resource.getScopeSpansList().stream())
          .forEach(scope -> spans.addAll(scope.getSpansList()));
      exchange.sendResponseHeaders(200, -1);
    }
  }

  @AfterEach
  void stop() {
    collector.stop(0);
    model.close();
  }

  private void converse(Map<String, String> headers) {
    HomeLock.Address shop = new HomeLock.Address(server.url(), "shop-secret", 0);
    try (BedrockRuntimeClient models =
        RemoteClients.create(BedrockRuntimeClient.class, "AKSHOP", shop)) {
      models.converse(
          c ->
              c.modelId("claude")
                  .messages(m -> m.role("user").content(ContentBlock.fromText("Which rock?")))
                  .overrideConfiguration(
                      o -> headers.forEach((name, value) -> o.putHeader(name, value))));
    }
  }

  /** Spans by trace, after the server has sent all of them. */
  private Map<String, Span> sent() {
    server.close();
    return spans.stream().collect(Collectors.toMap(s -> hex(s.getTraceId()), s -> s));
  }

  private static String hex(com.google.protobuf.ByteString bytes) {
    return HexFormat.of().formatHex(bytes.toByteArray());
  }

  @Test
  void headersOfW3cAndOfAwsNameTheParent() {
    converse(
        Map.of(
            "traceparent", "00-" + TRACE + "-" + PARENT + "-01",
            "tracestate", "vendor=1",
            "X-Amzn-Trace-Id", "Root=1-2af76519-16cd43dd8448eb211c80319c;Parent=" + PARENT));
    converse(
        Map.of(
            "X-Amzn-Trace-Id",
            "Root=1-1af76519-16cd43dd8448eb211c80319c;Parent=" + PARENT + ";Sampled=1"));
    Map<String, Span> sent = sent();
    assertThat(sent).containsOnlyKeys(TRACE, OTHER);
    assertThat(hex(sent.get(TRACE).getParentSpanId())).isEqualTo(PARENT);
    assertThat(sent.get(TRACE).getTraceState()).isEqualTo("vendor=1");
    assertThat(hex(sent.get(OTHER).getParentSpanId())).isEqualTo(PARENT);
  }

  @Test
  void theOtherApisKnowThemToo() throws Exception {
    assertThat(
            post(
                "/v1/chat/completions",
                TRACE,
                """
                {"model": "claude", "messages": [{"role": "user", "content": "Which rock?"}]}
                """))
        .isEqualTo(200);
    assertThat(
            post(
                "/v1/messages",
                OTHER,
                """
                {"model": "claude", "max_tokens": 9,
                 "messages": [{"role": "user", "content": "Which rock?"}]}
                """))
        .isEqualTo(200);
    assertThat(sent()).containsOnlyKeys(TRACE, OTHER);
  }

  private int post(String path, String trace, String body) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(server.url() + path))
              .header("Authorization", "Bearer sk-shop-0123456789")
              .header("Content-Type", "application/json")
              .header("anthropic-version", "2023-06-01")
              .header("traceparent", "00-" + trace + "-" + PARENT + "-01")
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build();
      return client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }
  }

  @Test
  void whatTheCallerDoesNotSampleIsNotSent() {
    converse(Map.of("traceparent", "00-" + TRACE + "-" + PARENT + "-00"));
    converse(
        Map.of(
            "X-Amzn-Trace-Id",
            "Root=1-1af76519-16cd43dd8448eb211c80319c;Parent=" + PARENT + ";Sampled=0"));
    converse(Map.of("traceparent", "nonsense"));
    assertThat(sent()).hasSize(1).doesNotContainKeys(TRACE, OTHER);
    assertThat(spans.getFirst().getParentSpanId().isEmpty()).isTrue();
  }
}
