package dev.outcrop.models.llama;

import dev.outcrop.models.llama.engine.Frames;
import dev.outcrop.models.llama.engine.Main;
import dev.outcrop.models.llama.engine.Message;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A process with one loaded model in it, and the calls that it is working on. */
final class Child implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Child.class);
  private static final int LINES_KEPT = 20;

  private final Process process;
  private final Frames frames;
  private final Map<Long, Call> calls = new ConcurrentHashMap<>();
  private final AtomicLong ids = new AtomicLong();
  private final Deque<String> lastLines = new ArrayDeque<>();
  private final CountDownLatch first = new CountDownLatch(1);
  private final Runnable onDeath;
  private volatile Message firstMessage;
  private volatile boolean dead;
  private volatile boolean closing;

  /**
   * Starts a process; {@link #await} tells when it is ready.
   *
   * @param onDeath called once when it has ended without being closed
   */
  Child(Path workDir, Message.Load load, Runnable onDeath) throws IOException {
    this.onDeath = onDeath;
    Files.createDirectories(workDir);
    process = builder(workDir).start();
    frames =
        new Frames(new BufferedInputStream(process.getInputStream()), process.getOutputStream());
    Thread.ofPlatform().daemon().name("llama-log-" + process.pid()).start(this::log);
    Thread.ofPlatform().daemon().name("llama-" + process.pid()).start(this::read);
    frames.write(load);
  }

  private static ProcessBuilder builder(Path workDir) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var builder =
        new ProcessBuilder(
            List.of(
                java,
                "-Xmx256m",
                "-XX:+UseSerialGC",
                // Little runs in Java there: compiled soon and simply, so that compiling takes no
                // time from what does not.
                "-XX:TieredStopAtLevel=1",
                "-XX:CompileThresholdScaling=0.1",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=" + workDir.resolve("llama-crash-%p.log"),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath(),
                Main.class.getName()));
    // Else an abort in the engine waits for a debugger to print a stack trace.
    builder.environment().put("GGML_NO_BACKTRACE", "1");
    return builder;
  }

  /** The child needs nothing but this module and the JDK. */
  private static String classPath() {
    try {
      var source = Main.class.getProtectionDomain().getCodeSource().getLocation();
      return new File(source.toURI()).getPath();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Waits for the model to be loaded.
   *
   * @throws LoadFailure when it can't be, or not in time
   */
  Message.Ready await(Duration timeout) throws InterruptedException {
    boolean came = first.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
    return switch (firstMessage) {
      case Message.Ready ready -> ready;
      case Message.Refused refused -> throw new LoadFailure(refused.reason());
      case null, default ->
          throw new LoadFailure(
              came ? lastWords() : "loading took longer than " + timeout.toSeconds() + " s");
    };
  }

  /** The model can't be loaded. */
  static final class LoadFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LoadFailure(String message) {
      super(message);
    }
  }

  boolean alive() {
    return !dead && process.isAlive();
  }

  /** The number of calls in flight. */
  int busy() {
    return calls.size();
  }

  long pid() {
    return process.pid();
  }

  long nextId() {
    return ids.incrementAndGet();
  }

  /** Sends a request and returns its answers; to be closed. */
  Call call(long id, Message request) {
    var call = new Call(this, id);
    calls.put(id, call);
    try {
      frames.write(request);
    } catch (IOException e) {
      call.fail(lastWords());
    }
    if (dead) {
      call.fail(lastWords());
    }
    return call;
  }

  void forget(Call call, boolean finished) {
    calls.remove(call.id());
    if (!finished && alive()) {
      try {
        frames.write(new Message.Cancel(call.id()));
      } catch (IOException e) {
        LOG.debug("The engine ended before it could be told of a cancellation", e);
      }
    }
  }

  private void read() {
    try {
      for (Message message = frames.read(); message != null; message = frames.read()) {
        dispatch(message);
      }
    } catch (IOException e) {
      LOG.warn("The model process {} answered nonsense: {}", process.pid(), e.getMessage());
    }
    process.destroyForcibly();
    process.onExit().join();
    dead = true;
    first.countDown();
    calls.values().forEach(c -> c.fail(lastWords()));
    if (!closing) {
      onDeath.run();
    }
  }

  private void dispatch(Message message) {
    switch (message) {
      case Message.Ready m -> first(m);
      case Message.Refused m -> first(m);
      case Message.Started m -> answer(m.id(), m);
      case Message.Text m -> answer(m.id(), m);
      case Message.Done m -> answer(m.id(), m);
      case Message.Counted m -> answer(m.id(), m);
      case Message.Failed m -> answer(m.id(), m);
      default -> LOG.warn("The model process sent an unexpected message: {}", message);
    }
  }

  private void first(Message message) {
    firstMessage = message;
    first.countDown();
  }

  private void answer(long id, Message message) {
    Call call = calls.get(id);
    if (call != null) {
      call.answer(message);
    }
  }

  private void log() {
    try (BufferedReader lines = process.errorReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        LOG.debug("{}: {}", process.pid(), line);
        synchronized (lastLines) {
          lastLines.add(line);
          if (lastLines.size() > LINES_KEPT) {
            lastLines.remove();
          }
        }
      }
    } catch (IOException e) {
      LOG.debug("No more log from the model process", e);
    }
  }

  /** How it ended, with the end of its log. */
  String lastWords() {
    String status =
        process.isAlive() ? "is not answering" : "ended with status " + process.exitValue();
    synchronized (lastLines) {
      return "the model process " + status + "; its last lines: " + String.join(" | ", lastLines);
    }
  }

  /** Ends the process; calls in flight fail. */
  @Override
  public void close() {
    closing = true;
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      LOG.debug("The model process had ended already", e);
    }
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
