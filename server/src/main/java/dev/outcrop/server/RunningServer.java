package dev.outcrop.server;

import dev.outcrop.cli.Installation;
import dev.outcrop.http.HttpServer;
import dev.outcrop.http.HttpSettings;
import dev.outcrop.http.Tls;
import dev.outcrop.knowledge.index.Search;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;

/** A system that is served over HTTP. */
final class RunningServer implements Installation.Server {
  private final HomeLock home;
  private final Outcrop outcrop;
  private final HttpServer http;
  private final CountDownLatch closed = new CountDownLatch(1);
  private boolean closing;

  private RunningServer(HomeLock home, Outcrop outcrop, HttpServer http) {
    this.home = home;
    this.outcrop = outcrop;
    this.http = http;
  }

  static RunningServer start(HomeLock home, Settings settings) throws IOException {
    Outcrop outcrop = Outcrop.open(home.folder(), settings, Search.Mode.HYBRID);
    try {
      String token = token();
      HttpServer http =
          HttpServer.start(
              http(settings.server()), new OwnApi(outcrop.handler(), outcrop::share, token));
      home.announce(
          new HomeLock.Address(http.endpoint().toString(), token, ProcessHandle.current().pid()));
      return new RunningServer(home, outcrop, http);
    } catch (IOException | RuntimeException e) {
      outcrop.close();
      throw e;
    }
  }

  private static HttpSettings http(Settings.Server settings) {
    Tls tls = settings.tls().map(c -> (Tls) new Tls.Pem(c.certificate(), c.key())).orElse(null);
    return HttpSettings.defaults()
        .withHost(settings.host())
        .withPort(settings.port())
        .withTls(tls)
        .withStopWithin(settings.stopWithin());
  }

  private static String token() {
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  @Override
  public String url() {
    return http.endpoint().toString();
  }

  Outcrop outcrop() {
    return outcrop;
  }

  @Override
  public void await() throws InterruptedException {
    closed.await();
  }

  /** Stops taking requests, lets those in flight finish, then lets go of the home. */
  @Override
  public void close() {
    synchronized (this) {
      if (closing) {
        return;
      }
      closing = true;
    }
    try {
      http.close();
      outcrop.close();
    } finally {
      home.close();
      closed.countDown();
    }
  }
}
