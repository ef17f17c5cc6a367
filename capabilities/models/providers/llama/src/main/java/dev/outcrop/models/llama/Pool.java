package dev.outcrop.models.llama;

import dev.outcrop.models.llama.engine.Message;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.services.bedrockruntime.model.ModelNotReadyException;

/** The supervised models; entries with the same file and settings share one. */
final class Pool implements AutoCloseable {
  private final LlamaSettings settings;
  private final Map<Message.Load, Supervised> models = new ConcurrentHashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("llama-idle").factory());

  Pool(LlamaSettings settings) {
    this.settings = settings;
    long idle = settings.idleUnload().toMillis();
    if (idle > 0) {
      long period = Math.max(100, idle / 4);
      var unused =
          timer.scheduleWithFixedDelay(this::unloadIdle, period, period, TimeUnit.MILLISECONDS);
    }
  }

  Supervised model(Message.Load load) {
    return models.computeIfAbsent(load, l -> new Supervised(l, settings, this));
  }

  /** Unloads others until one more may be loaded. */
  synchronized void makeRoom(Supervised wanted) {
    while (running(wanted) >= settings.maxLoaded()) {
      boolean unloaded =
          models.values().stream()
              .filter(m -> m != wanted && m.running())
              .sorted(Comparator.comparingLong(Supervised::idleNanos).reversed())
              .anyMatch(Supervised::unloadIfIdle);
      if (!unloaded) {
        throw ModelNotReadyException.builder()
            .message(
                "All %d models that may be loaded at once are busy; try again later"
                    .formatted(settings.maxLoaded()))
            .build();
      }
    }
  }

  private long running(Supervised wanted) {
    return models.values().stream().filter(m -> m != wanted && m.running()).count();
  }

  private void unloadIdle() {
    for (Supervised model : models.values()) {
      if (model.running() && model.idleNanos() > settings.idleUnload().toNanos()) {
        boolean unused = model.unloadIfIdle();
      }
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    models.values().forEach(Supervised::close);
  }
}
