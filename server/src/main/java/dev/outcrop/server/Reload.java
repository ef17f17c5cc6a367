package dev.outcrop.server;

import dev.outcrop.config.ConfigurationException;
import dev.outcrop.config.Home;
import dev.outcrop.config.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Reads the configuration again when its file has changed. What is wrong with it is logged, and
 * what was is kept. The file is looked at once a second: editors replace it in ways that
 * notifications of file systems tell differently, and mounted ones don't tell at all.
 */
final class Reload implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Reload.class.getName());
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Home home;
  private final Map<String, String> flags;
  private final Path file;
  private final Consumer<Settings> taken;
  private Settings current;
  private String stamp;
  private Thread thread;

  /**
   * @param flags as the running settings were read with
   * @param current the running settings
   * @param taken takes up new ones, or throws {@code IllegalArgumentException}
   */
  Reload(Home home, Map<String, String> flags, Settings current, Consumer<Settings> taken) {
    this.home = home;
    this.flags = flags;
    this.file = Sources.of(home, System.getenv(), flags).file();
    this.current = current;
    this.taken = taken;
    this.stamp = stamp();
  }

  /** Looks at the file from now on. */
  Reload start() {
    thread = Thread.ofVirtual().name("reload").start(this::run);
    return this;
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(PAUSE);
        look();
      }
    } catch (InterruptedException e) {
      // the server stops
    }
  }

  /** Reads the file if it has changed; whether what it says is in use now. */
  boolean look() {
    String now = stamp();
    if (now.equals(stamp)) {
      return false;
    }
    stamp = now;
    try {
      Settings settings = Settings.load(home, flags);
      taken.accept(settings);
      tell(settings);
      current = settings;
      return true;
    } catch (ConfigurationException | IllegalArgumentException e) {
      LOG.log(
          System.Logger.Level.ERROR,
          file + " has changed, and is not used: " + e.getMessage() + "\nWhat was before stays.");
      return false;
    }
  }

  private void tell(Settings settings) {
    List<String> later = new ArrayList<>();
    if (!settings.server().equals(current.server())) {
      later.add("server");
    }
    if (!settings.inference().equals(current.inference())) {
      later.add("inference");
    }
    if (!settings.traces().equals(current.traces())) {
      later.add("traces");
    }
    if (!settings.recording().equals(current.recording())) {
      later.add("recording");
    }
    if (!settings.llama().equals(current.llama())) {
      later.add("llama");
    }
    LOG.log(
        System.Logger.Level.INFO,
        file
            + " has changed: models, aliases, providers, keys and budgets are as it says now"
            + (later.isEmpty() ? "" : "; restart for what is new in " + later));
  }

  private String stamp() {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return attributes.lastModifiedTime() + " " + attributes.size() + " " + attributes.fileKey();
    } catch (IOException e) {
      return "none";
    }
  }

  @Override
  public void close() {
    if (thread != null) {
      thread.interrupt();
    }
  }
}
