package dev.outcrop.models.llama;

import dev.outcrop.models.llama.engine.Message;
import dev.outcrop.models.templates.ChatTemplate;
import dev.outcrop.models.templates.TemplateException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.bedrockruntime.model.ModelErrorException;
import software.amazon.awssdk.services.bedrockruntime.model.ModelNotReadyException;

/**
 * A model in a child process that is started when it is first wanted and again when it died. Calls
 * wait while it starts, but not for ever. A process that keeps dying is started less and less
 * often.
 */
final class Supervised {
  private static final Logger LOG = LoggerFactory.getLogger(Supervised.class);
  private static final Duration SETTLED = Duration.ofMinutes(1);
  private static final int EAGER_RESTARTS = 3;

  private final Message.Load load;
  private final LlamaSettings settings;
  private final Pool pool;
  private final ReentrantLock starting = new ReentrantLock(true);
  private volatile Loaded loaded;
  private volatile long lastUse = System.nanoTime();
  private volatile long startedAt;
  private volatile long notBefore = System.nanoTime();
  private volatile int deaths;
  private volatile boolean closed;
  private final AtomicInteger users = new AtomicInteger();

  Supervised(Message.Load load, LlamaSettings settings, Pool pool) {
    this.load = load;
    this.settings = settings;
    this.pool = pool;
  }

  /**
   * A running process and what its model's file says.
   *
   * @param template null when the file has none
   */
  record Loaded(Child child, Message.Ready about, ChatTemplate template) {}

  /** Says that it is about to be used, so that it is not unloaded meanwhile. */
  void enter() {
    users.incrementAndGet();
  }

  void leave() {
    users.decrementAndGet();
  }

  /**
   * The running process, started if need be.
   *
   * @throws ModelNotReadyException when it does not start in time
   * @throws ModelErrorException when the model can't be loaded
   */
  Loaded acquire() throws InterruptedException {
    lastUse = System.nanoTime();
    Loaded now = loaded;
    if (now != null && now.child.alive()) {
      return now;
    }
    long patience = settings.startTimeout().plus(settings.patience()).toMillis();
    if (!starting.tryLock(patience, TimeUnit.MILLISECONDS)) {
      throw notReady("is still being loaded; try again later");
    }
    try {
      now = loaded;
      if (now == null || !now.child.alive()) {
        waitForTurn();
        pool.makeRoom(this);
        now = start();
        loaded = now;
      }
      return now;
    } finally {
      starting.unlock();
    }
  }

  private void waitForTurn() throws InterruptedException {
    if (closed) {
      throw notReady("is closed");
    }
    long wait = TimeUnit.NANOSECONDS.toMillis(notBefore - System.nanoTime());
    if (wait > settings.patience().toMillis()) {
      throw notReady(
          "failed %d times in a row and is restarted in %d s; the server's log says why"
              .formatted(deaths, wait / 1000));
    }
    if (wait > 0) {
      Thread.sleep(wait);
    }
  }

  private Loaded start() throws InterruptedException {
    Child child = null;
    boolean ready = false;
    try {
      Message.Load complete = load.from(libraries());
      startedAt = System.nanoTime();
      child = new Child(settings.workDir(), complete, this::died);
      Message.Ready about = child.await(settings.startTimeout());
      ChatTemplate template =
          about.template().isEmpty() ? null : ChatTemplate.parse(about.template());
      LOG.info("Loaded {} ({}) in process {}", load.file(), about.description(), child.pid());
      ready = true;
      return new Loaded(child, about, template);
    } catch (IOException e) {
      throw cannotLoad("a process for it can't be started: " + e.getMessage(), e);
    } catch (Child.LoadFailure e) {
      throw cannotLoad(e.getMessage(), e);
    } catch (TemplateException e) {
      throw cannotLoad(
          "its chat template uses what can't be rendered exactly: " + e.getMessage(), e);
    } finally {
      if (child != null && !ready) {
        child.close();
      }
    }
  }

  private String libraries() {
    try {
      return settings.libraries().get().toString();
    } catch (RuntimeException e) {
      throw cannotLoad("the llama.cpp libraries are not there: " + e.getMessage(), e);
    }
  }

  private ModelErrorException cannotLoad(String why, Throwable cause) {
    return ModelErrorException.builder()
        .message("The model %s can't be loaded: %s".formatted(load.file(), why))
        .originalStatusCode(500)
        .cause(cause)
        .build();
  }

  private ModelNotReadyException notReady(String why) {
    return ModelNotReadyException.builder()
        .message("The model %s %s".formatted(load.file(), why))
        .build();
  }

  private void died() {
    long lived = System.nanoTime() - startedAt;
    deaths = lived > SETTLED.toNanos() ? 1 : deaths + 1;
    long seconds = deaths < 2 ? 0 : Math.min(60, 1L << Math.min(10, deaths - 2));
    notBefore = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    Loaded gone = loaded;
    if (gone == null || closed) {
      return;
    }
    LOG.warn("The model {} died: {}", load.file(), gone.child.lastWords());
    if (deaths <= EAGER_RESTARTS) {
      Thread.ofVirtual().name("llama-restart").start(this::restart);
    }
  }

  private void restart() {
    try {
      Loaded unused = acquire();
      LOG.info("The model {} runs again in process {}", load.file(), unused.child.pid());
    } catch (RuntimeException | InterruptedException e) {
      LOG.warn("The model {} could not be restarted yet", load.file(), e);
    }
  }

  /** Nanoseconds since somebody wanted it. */
  long idleNanos() {
    return System.nanoTime() - lastUse;
  }

  boolean running() {
    Loaded now = loaded;
    return now != null && now.child.alive();
  }

  /** Unloads it unless it is working; the next call loads it again. */
  boolean unloadIfIdle() {
    if (!starting.tryLock()) {
      return false;
    }
    try {
      Loaded now = loaded;
      // Whoever enters after this finds nothing loaded and waits for the lock.
      loaded = null;
      if (now == null) {
        return true;
      }
      if (users.get() > 0 || now.child.busy() > 0) {
        loaded = now;
        return false;
      }
      now.child.close();
      LOG.info("Unloaded {}", load.file());
      return true;
    } finally {
      starting.unlock();
    }
  }

  void close() {
    closed = true;
    Loaded now = loaded;
    loaded = null;
    if (now != null) {
      now.child.close();
    }
  }
}
