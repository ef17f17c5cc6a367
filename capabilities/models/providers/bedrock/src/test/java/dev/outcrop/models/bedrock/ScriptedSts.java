package dev.outcrop.models.bedrock;

import dev.outcrop.http.HttpServer;
import dev.outcrop.http.HttpSettings;
import dev.outcrop.wire.Capabilities;
import dev.outcrop.wire.Dispatcher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;

/** STS over a real port: lends roles by script. */
final class ScriptedSts implements AutoCloseable {

  final List<AssumeRoleRequest> asked = new CopyOnWriteArrayList<>();
  final List<Map<String, List<String>>> headers = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private final Function<AssumeRoleRequest, AssumeRoleResponse> script;

  /** The operation; a public method of this shape is what the dispatcher looks for. */
  public final class Operations {
    public AssumeRoleResponse assumeRole(AssumeRoleRequest request) {
      asked.add(request);
      return script.apply(request);
    }
  }

  ScriptedSts(Function<AssumeRoleRequest, AssumeRoleResponse> script) {
    this.script = script;
    Dispatcher dispatcher = new Dispatcher(Capabilities.of(new Operations()));
    try {
      server =
          HttpServer.start(
              HttpSettings.defaults().withPort(0).withStopWithin(Duration.ofMillis(1)),
              exchange -> {
                headers.add(exchange.headers());
                dispatcher.handle(exchange);
              });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A role for so long, the keys of which tell how many were lent before. */
  AssumeRoleResponse lent(Duration lasting) {
    return AssumeRoleResponse.builder()
        .credentials(
            c ->
                c.accessKeyId("ASIALENT" + asked.size())
                    .secretAccessKey("a secret")
                    .sessionToken("token " + asked.size())
                    .expiration(Instant.now().plus(lasting)))
        .build();
  }

  int port() {
    return server.port();
  }

  String url() {
    return "http://127.0.0.1:" + port();
  }

  @Override
  public void close() {
    server.close();
  }
}
