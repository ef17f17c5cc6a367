package dev.outcrop.server;

import dev.outcrop.cli.Installation;
import dev.outcrop.config.Home;
import dev.outcrop.config.Secret;
import dev.outcrop.http.HttpServer;
import dev.outcrop.http.HttpSettings;
import dev.outcrop.http.Tls;
import dev.outcrop.knowledge.index.Search;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** A system that is served over HTTP. */
final class RunningServer implements Installation.Server {
  private final HomeLock home;
  private final Outcrop outcrop;
  private final HttpServer http;
  private final Reload reload;
  private final CountDownLatch closed = new CountDownLatch(1);
  private boolean closing;

  private RunningServer(HomeLock home, Outcrop outcrop, HttpServer http, Reload reload) {
    this.home = home;
    this.outcrop = outcrop;
    this.http = http;
    this.reload = reload;
  }

  /** The system opens while the server starts to listen: each takes half of a start. */
  static RunningServer start(HomeLock home, Settings settings, Map<String, String> flags)
      throws IOException {
    String token = token();
    FutureTask<OwnApi> opening = new FutureTask<>(() -> api(home, settings, token));
    Thread.ofPlatform().name("open").start(opening);
    HttpServer http = null;
    try {
      http = HttpServer.start(http(settings), exchange -> done(opening).handle(exchange));
      Outcrop outcrop = done(opening).outcrop();
      home.announce(
          new HomeLock.Address(http.endpoint().toString(), token, ProcessHandle.current().pid()));
      Reload reload =
          new Reload(
              new Home(home.folder()),
              flags,
              settings,
              changed -> configure(outcrop, settings, changed));
      return new RunningServer(home, outcrop, http, reload.start());
    } catch (IOException | RuntimeException e) {
      if (http != null) {
        http.close();
      }
      closeOpened(opening);
      throw e;
    }
  }

  private static OwnApi api(HomeLock home, Settings settings, String token) throws IOException {
    Outcrop outcrop = Outcrop.open(home.folder(), settings, Search.Mode.HYBRID);
    outcrop.access().trust(new Secret(token));
    return new OwnApi(outcrop, token);
  }

  private static OwnApi done(FutureTask<OwnApi> opening) throws IOException {
    try {
      return opening.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the system was opened");
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException cause -> throw cause;
        case RuntimeException cause -> throw cause;
        default -> throw new IllegalStateException(e.getCause());
      }
    }
  }

  private static void closeOpened(FutureTask<OwnApi> opening) {
    try {
      done(opening).outcrop().close();
    } catch (IOException | RuntimeException e) {
      // it was not opened; why is being told already
    }
  }

  private static HttpSettings http(Settings all) {
    Settings.Server settings = all.server();
    Tls tls = settings.tls().map(c -> (Tls) new Tls.Pem(c.certificate(), c.key())).orElse(null);
    return HttpSettings.defaults()
        .withHost(settings.host())
        .withPort(settings.port())
        .withAllowNonLoopback(!all.keys().isEmpty())
        .withTls(tls)
        .withStopWithin(settings.stopWithin());
  }

  /** A server that others may reach because it asks for keys goes on asking for them. */
  private static void configure(Outcrop outcrop, Settings before, Settings now) {
    if (now.keys().isEmpty() && !before.keys().isEmpty()) {
      throw new IllegalArgumentException(
          "keys: the server began with keys; start it anew to let everybody in");
    }
    outcrop.configure(now);
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

  @Override
  public boolean asksForKeys() {
    return outcrop.access().required();
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
      reload.close();
      http.close();
      outcrop.close();
    } finally {
      home.close();
      closed.countDown();
    }
  }
}
