package dev.outcrop.server;

import dev.outcrop.cli.CommandFailure;
import dev.outcrop.cli.Installation;
import dev.outcrop.cli.ModelShelf;
import dev.outcrop.cli.Session;
import dev.outcrop.cli.bench.Target;
import dev.outcrop.config.Home;
import dev.outcrop.knowledge.index.Search;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The system on this machine. */
final class LocalInstallation implements Installation {
  private static final int TRIES = 600;

  @Override
  public Server serve(Options options) throws IOException {
    Home home = home(options);
    HomeLock lock = waited(home);
    try {
      return RunningServer.start(lock, Settings.load(home, flags(options)), flags(options));
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** A server is refused at once; a command that is over soon is waited for. */
  private static HomeLock waited(Home home) throws IOException {
    for (int i = 0; i < TRIES; i++) {
      Optional<HomeLock> lock = HomeLock.take(home.folder());
      if (lock.isPresent()) {
        return lock.get();
      }
      if (HomeLock.address(home.folder()).isPresent()) {
        break;
      }
      pause();
    }
    throw taken(home);
  }

  private static CommandFailure taken(Home home) {
    Optional<HomeLock.Address> address;
    try {
      address = HomeLock.address(home.folder());
    } catch (IOException e) {
      address = Optional.empty();
    }
    return new CommandFailure(
        address
            .map(
                a ->
                    "a server already runs on "
                        + home.folder()
                        + " at "
                        + a.url()
                        + " (process "
                        + a.pid()
                        + "); stop it, or use another --home")
            .orElse(
                "another outcrop command is using "
                    + home.folder()
                    + "; wait for it, or use another --home"));
  }

  /**
   * Through the home's server when one runs, else in this process; other commands are waited for.
   */
  @Override
  public Session open(Options options, String model) throws IOException {
    Home home = home(options);
    for (int i = 0; i < TRIES; i++) {
      Optional<HomeLock> lock = HomeLock.take(home.folder());
      if (lock.isPresent()) {
        return here(home, lock.get(), options, model);
      }
      Optional<HomeLock.Address> server = HomeLock.address(home.folder());
      if (server.isPresent()) {
        return new RemoteSession(
            server.get(), Outcrop.shelf(home.folder(), Settings.load(home, flags(options))));
      }
      pause();
    }
    throw taken(home);
  }

  @Override
  public Session openKeywordFirst(Options options, Path folder) throws IOException {
    Home home = new Home(folder);
    HomeLock lock = HomeLock.take(home.folder()).orElseThrow(() -> taken(home));
    try {
      return new LocalSession(lock, Settings.load(home, flags(options)), Search.Mode.KEYWORD);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static Session here(Home home, HomeLock lock, Options options, String model)
      throws IOException {
    try {
      Settings settings = Settings.load(home, flags(options));
      if (model.endsWith(".gguf")) {
        settings = settings.withGguf(model);
      }
      settings = offered(settings, model);
      return new LocalSession(lock, settings, Search.Mode.HYBRID);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static Settings offered(Settings settings, String model) {
    try {
      return Offers.taken(settings, model, System.getenv());
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(e.getMessage(), e);
    }
  }

  @Override
  public List<String> offers(Options options) {
    return Offers.lines(Settings.load(home(options), flags(options)), System.getenv());
  }

  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("interrupted", e);
    }
  }

  @Override
  public List<ServiceCoverage> coverage() {
    return Coverage.compute();
  }

  @Override
  public List<Finding> examine(Options options) {
    return new Doctor(home(options), flags(options)).examine();
  }

  @Override
  public List<UsageLine> usage(Options options, UsageBy by, LocalDate since) throws IOException {
    return new Usage(home(options).folder()).lines(by, since);
  }

  @Override
  public List<Target> routing(Path data, Integer limit) throws IOException {
    return RoutingQuality.of(data, limit);
  }

  @Override
  public ModelShelf models(Options options) {
    Home home = home(options);
    return Outcrop.shelf(home.folder(), Settings.load(home, flags(options)));
  }

  private static Home home(Options options) {
    return Home.find(options.home(), System.getenv());
  }

  private static Map<String, String> flags(Options options) {
    Map<String, String> flags = new LinkedHashMap<>(options.settings());
    if (options.port() != null) {
      flags.put("server.port", Integer.toString(options.port()));
    }
    if (options.host() != null) {
      flags.put("server.host", options.host());
    }
    return flags;
  }
}
