package dev.outcrop.cli;

import dev.outcrop.cli.bench.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * What the commands need of the system behind them, so that the command line knows no capability.
 */
public interface Installation {

  /** Where the installation lives and what was set for this run. */
  record Options(String home, Integer port, String host, Map<String, String> settings) {}

  /**
   * One finding of {@code doctor}: what was looked at, whether it is right, and what to do if not.
   */
  record Finding(String subject, Level level, String detail, String remedy) {}

  /** How a finding stands. */
  enum Level {
    OK,
    NOTE,
    PROBLEM
  }

  /** The operations of one service: what is implemented and what is missing. */
  record ServiceCoverage(String service, List<String> implemented, List<String> missing) {}

  /** Serves HTTP until closed. */
  interface Server extends AutoCloseable {
    String url();

    /** Whether clients need a configured key. */
    boolean asksForKeys();

    /** Waits until the server was closed, from whatever side. */
    void await() throws InterruptedException;

    @Override
    void close();
  }

  /** Starts a server; refuses when another holds the home folder. */
  Server serve(Options options) throws IOException;

  /**
   * Opens the system for one command: through the home's running server, or in this process.
   *
   * @param model the model the command will use; a GGUF file need not be configured
   */
  Session open(Options options, String model) throws IOException;

  /**
   * Opens a system of its own in this process over an empty folder, for measuring: searches that
   * name no search type rank by keywords alone, which no request can ask for.
   */
  Session openKeywordFirst(Options options, Path home) throws IOException;

  /** Every service, from the code. */
  List<ServiceCoverage> coverage();

  /** Checks the machine and the installation. */
  List<Finding> examine(Options options);

  /** What usage is summed up by. */
  enum UsageBy {
    MODEL,
    KEY,
    PROFILE,
    DAY
  }

  /**
   * What calls of models come to.
   *
   * @param name the model, key, profile (empty: none) or day
   * @param dollars what they cost, without what has no known price
   * @param unpriced calls of which something has no known price
   */
  record UsageLine(
      String name,
      long calls,
      long failures,
      long input,
      long output,
      long cacheRead,
      long cacheWrite,
      long images,
      String dollars,
      long unpriced,
      long latencyMillis) {}

  /** The ledger's sums since a day in UTC, from the running server or from the home's files. */
  List<UsageLine> usage(Options options, UsageBy by, LocalDate since) throws IOException;

  /**
   * What prompt routers come to on held-out prompts.
   *
   * @param data folder of the test collections
   * @param limit most prompts; null for all, and then there are targets
   * @throws CommandFailure when the data are not there, saying where they are from
   */
  List<Target> routing(Path data, Integer limit) throws IOException;

  /**
   * A line for each language model that could be used without being configured: nothing uses it
   * unasked.
   */
  List<String> offers(Options options);

  /** The models on this machine and in the catalogue. */
  ModelShelf models(Options options) throws IOException;
}
