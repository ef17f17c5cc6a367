package dev.outcrop.server;

import dev.outcrop.cli.Installation.Finding;
import dev.outcrop.cli.Installation.Level;
import dev.outcrop.cli.ModelShelf;
import dev.outcrop.config.ConfigurationException;
import dev.outcrop.config.Home;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks at everything that a start needs and says what to do about what is wrong. */
final class Doctor {
  private static final long ENOUGH_DISK = 1_000_000_000L;
  private final Home home;
  private final Map<String, String> flags;
  private final List<Finding> findings = new ArrayList<>();

  Doctor(Home home, Map<String, String> flags) {
    this.home = home;
    this.flags = flags;
  }

  List<Finding> examine() {
    jdk();
    folder();
    settings().ifPresent(this::depending);
    return findings;
  }

  private void depending(Settings settings) {
    port(settings.server());
    models(settings);
    for (String offer : Offers.lines(settings, System.getenv())) {
      findings.add(new Finding("Not used", Level.NOTE, offer, null));
    }
  }

  private void jdk() {
    Runtime.Version version = Runtime.version();
    if (version.feature() >= 25) {
      ok("JDK", version + " in " + System.getProperty("java.home"));
    } else {
      problem("JDK", version + " is too old", "Install a JDK 25 or set JAVA_HOME to one.");
    }
  }

  private void folder() {
    Path existing = home.folder();
    while (!Files.exists(existing)) {
      existing = existing.getParent();
    }
    try {
      long free = Files.getFileStore(existing).getUsableSpace();
      if (!Files.isWritable(existing)) {
        problem(
            "Home",
            home.folder() + " can't be written",
            "Choose another with --home or OUTCROP_HOME.");
      } else if (free < ENOUGH_DISK) {
        problem(
            "Disk",
            free / 1_000_000 + " MB free at " + home.folder(),
            "Free at least 1 GB, or move with --home.");
      } else {
        ok("Disk", free / 1_000_000_000 + " GB free at " + home.folder());
      }
    } catch (IOException e) {
      problem(
          "Home",
          home.folder() + ": " + e.getMessage(),
          "Choose another with --home or OUTCROP_HOME.");
    }
  }

  private Optional<Settings> settings() {
    try {
      Settings settings = Settings.load(home, flags);
      ok(
          "Settings",
          Files.exists(home.configuration()) ? home.configuration().toString() : "defaults");
      return Optional.of(settings);
    } catch (ConfigurationException e) {
      problem(
          "Settings",
          e.getMessage(),
          "Correct them in " + home.configuration() + ", the environment or --set.");
      return Optional.empty();
    }
  }

  private void port(Settings.Server server) {
    try {
      Optional<HomeLock.Address> running = HomeLock.address(home.folder());
      if (running.isPresent() && ProcessHandle.of(running.get().pid()).isPresent()) {
        ok("Server", "running at " + running.get().url());
        logs(running.get());
        return;
      }
      try (ServerSocket socket = new ServerSocket()) {
        socket.bind(new InetSocketAddress(InetAddress.getByName(server.host()), server.port()));
        ok("Port", server.port() + " is free");
      }
    } catch (IOException e) {
      problem(
          "Port",
          server.host() + ":" + server.port() + " can't be used: " + e.getMessage(),
          "Stop what holds it, or choose another with --port.");
    }
  }

  private void logs(HomeLock.Address server) {
    try {
      long lost = LostRecords.of(server);
      if (lost > 0) {
        problem(
            "Invocation log",
            lost + " records of model calls were not delivered since the server's start",
            "Its own log says why. See whether the log group and the bucket are there, and the"
                + " metrics ModelInvocationLogs*DeliveryFailure in AWS/Bedrock for when it was.");
      }
    } catch (IOException e) {
      problem(
          "Server",
          server.url() + " does not answer: " + e.getMessage(),
          "Stop the process " + server.pid() + " and start Outcrop anew.");
    }
  }

  private void models(Settings settings) {
    Shelf shelf = Outcrop.shelf(home.folder(), settings);
    ok("Embeddings", "bge-small-en-v1.5 and MiniLM are built in");
    ok("Answers", "outcrop.quote-v1 is built in");
    for (ModelShelf.Model model : shelf.list()) {
      if (model.kind().equals("chat") && model.present() && !model.note().startsWith("alias")) {
        ok("Chat model", model.id() + " is here");
      }
    }
    String usual = Outcrop.DEFAULT_CHAT_MODEL;
    List<ModelShelf.Model> missing = shelf.missing(usual);
    if (!missing.isEmpty()) {
      findings.add(
          new Finding(
              "Chat model",
              Level.NOTE,
              usual + " is fetched at first use",
              "Fetch it now: ./outcrop models pull " + usual));
    }
  }

  private void ok(String subject, String detail) {
    findings.add(new Finding(subject, Level.OK, detail, null));
  }

  private void problem(String subject, String detail, String remedy) {
    findings.add(new Finding(subject, Level.PROBLEM, detail, remedy));
  }
}
