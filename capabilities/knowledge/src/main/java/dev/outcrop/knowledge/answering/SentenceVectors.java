package dev.outcrop.knowledge.answering;

import dev.outcrop.knowledge.Embedder;
import dev.outcrop.wire.RequestContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Embeds sentences, some at a time, and remembers those it embedded last. */
public final class SentenceVectors {
  private static final int REMEMBERED = 10_000;
  private static final int AT_ONCE = Math.max(2, Runtime.getRuntime().availableProcessors());

  private final Embedder embedder;
  private final Map<Embedder.Model, Nearness> measured = new ConcurrentHashMap<>();
  private final Map<Key, float[]> remembered =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, float[]> eldest) {
          return size() > REMEMBERED;
        }
      };

  public SentenceVectors(Embedder embedder) {
    this.embedder = embedder;
  }

  /** What is near for this model; measured once. */
  Nearness nearness(Embedder.Model model) {
    return measured.computeIfAbsent(model, m -> Nearness.of(embedder, m));
  }

  private record Key(Embedder.Model model, String text) {}

  /** The vectors of the texts, in their order. */
  List<float[]> of(Embedder.Model model, List<String> texts) {
    RequestContext context = RequestContext.current();
    try (ExecutorService workers =
        Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
      List<Future<float[]>> futures =
          texts.stream()
              .map(text -> workers.submit(() -> context.call(() -> vector(new Key(model, text)))))
              .toList();
      List<float[]> vectors = new ArrayList<>(futures.size());
      try {
        for (Future<float[]> future : futures) {
          vectors.add(future.get());
        }
      } catch (ExecutionException e) {
        workers.shutdownNow();
        throw e.getCause() instanceof RuntimeException cause
            ? cause
            : new IllegalStateException(e.getCause());
      } catch (InterruptedException e) {
        workers.shutdownNow();
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
      return vectors;
    }
  }

  private float[] vector(Key key) {
    synchronized (remembered) {
      float[] known = remembered.get(key);
      if (known != null) {
        return known;
      }
    }
    float[] vector = embedder.embed(key.model(), key.text(), Embedder.Purpose.DOCUMENT);
    synchronized (remembered) {
      remembered.put(key, vector);
    }
    return vector;
  }
}
