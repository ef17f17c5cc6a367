package dev.outcrop.models.llama.engine;

import dev.outcrop.models.llama.binding.Batch;
import dev.outcrop.models.llama.binding.Context;
import dev.outcrop.models.llama.binding.LlamaException;
import dev.outcrop.models.llama.binding.Model;
import dev.outcrop.models.llama.engine.Message.Stop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/**
 * Continuous batching. Every step decodes one batch: the next token of each answer under way, then,
 * in the room that is left, prompts, first come first served. So a long prompt is read in chunks
 * between which the answers of others go on, and a second request with the same beginning starts
 * when the first one's is in the cache.
 *
 * <p>When the cache is full and no idle line is left to drop, the request that came last is put
 * back into the queue; its tokens are computed again later. The first one always gets through, as
 * one conversation never exceeds the cache. All methods but {@link #submit} and {@link #cancel} run
 * on one thread.
 */
final class Scheduler {
  private final Model model;
  private final Context context;
  private final Batch batch;
  private final Cache cache;
  private final int parallel;
  private final int contextLength;
  private final int threads;
  private final int threadsTogether;
  private final Consumer<Message> replies;
  private final BlockingQueue<Runnable> commands = new LinkedBlockingQueue<>();
  private final Deque<Generation> waiting = new ArrayDeque<>();
  private final List<Generation> running = new ArrayList<>();
  private final List<Feed> feeds = new ArrayList<>();

  /** Made when the first answer follows a grammar. */
  private Vocabulary vocabulary;

  /** A token in the batch; {@code last} when the next one is sampled after it. */
  private record Feed(Generation generation, int token, int index, boolean last) {}

  Scheduler(
      Model model,
      Context context,
      Cache cache,
      int parallel,
      int contextLength,
      Message.Load load,
      Consumer<Message> replies) {
    this.model = model;
    this.context = context;
    this.batch = context.batch();
    this.cache = cache;
    this.parallel = parallel;
    this.contextLength = contextLength;
    this.threads = load.threads();
    this.threadsTogether = load.threadsTogether();
    this.replies = replies;
  }

  void submit(Generation generation) {
    commands.add(() -> waiting.add(generation));
  }

  void cancel(long id) {
    commands.add(
        () -> {
          waiting.stream().filter(g -> g.id == id).forEach(g -> g.cancelled = true);
          running.stream().filter(g -> g.id == id).forEach(g -> g.cancelled = true);
        });
  }

  /** Works for ever. */
  void run() throws InterruptedException {
    while (true) {
      if (running.isEmpty() && waiting.isEmpty()) {
        commands.take().run();
      }
      for (Runnable command = commands.poll(); command != null; command = commands.poll()) {
        command.run();
      }
      dropCancelled();
      admit();
      step();
    }
  }

  private void dropCancelled() {
    waiting.stream().filter(g -> g.cancelled).forEach(Generation::close);
    waiting.removeIf(g -> g.cancelled);
    running.stream().filter(g -> g.cancelled).toList().forEach(this::end);
  }

  private void admit() {
    while (!waiting.isEmpty() && running.size() < parallel) {
      if (!running.isEmpty() && waiting.peek().pending() >= cache.obtainable()) {
        return;
      }
      running.add(waiting.remove());
    }
  }

  private void step() {
    batch.clear();
    feeds.clear();
    addAnswers();
    addPrompts();
    if (feeds.isEmpty()) {
      if (!running.isEmpty()) {
        preempt();
      }
      return;
    }
    try {
      if (!decode()) {
        if (running.size() == 1) {
          throw new LlamaException("the key-value cache is full with one conversation");
        }
        preempt();
        return;
      }
    } catch (LlamaException e) {
      failBatch(e);
      return;
    }
    for (Feed feed : feeds) {
      cache.append(feed.generation.line, feed.token);
    }
    for (Feed feed : feeds) {
      if (feed.last) {
        advance(feed);
      }
    }
  }

  private boolean decode() {
    long answers = feeds.stream().filter(f -> f.last).limit(2).count();
    context.threads(answers > 1 ? threadsTogether : threads);
    if (context.decode(batch) == Context.Decoded.DONE) {
      return true;
    }
    cache.shelveIdle();
    return context.decode(batch) == Context.Decoded.DONE;
  }

  private void addAnswers() {
    for (Generation generation : List.copyOf(running)) {
      boolean answering = generation.line != null && generation.pending() == 1;
      if (answering && running.contains(generation)) {
        while (running.contains(generation)
            && running.size() > 1
            && cache.reserve(feeds.size() + 1) <= feeds.size()) {
          preempt();
        }
        if (running.contains(generation) && cache.reserve(feeds.size() + 1) > feeds.size()) {
          feed(generation, 1);
        }
      }
    }
  }

  private void addPrompts() {
    for (Generation generation : running) {
      if (batch.room() == 0) {
        return;
      }
      if (generation.line == null) {
        if (sharesMoreSoon(generation)) {
          return;
        }
        start(generation);
      }
      if (generation.pending() > 1 || !fed(generation)) {
        int wanted = feeds.size() + Math.min(generation.pending(), batch.room());
        feed(generation, cache.reserve(wanted) - feeds.size());
      }
      if (generation.pending() > fedCount(generation)) {
        return; // Prompts one after the other, so that the next can share this one's beginning.
      }
    }
  }

  /** Whether this batch computes so much of what it has in common with another that it may wait. */
  private boolean sharesMoreSoon(Generation generation) {
    return running.stream()
        .filter(g -> g != generation && g.line != null && fed(g))
        .anyMatch(
            g -> g.tokens.commonPrefix(generation.tokens) > g.line.length() + Cache.WORTH_KEEPING);
  }

  private void start(Generation generation) {
    generation.line = cache.open(generation.tokens);
    if (!generation.started) {
      generation.started = true;
      replies.accept(
          new Message.Started(
              generation.id, generation.prompt, generation.line.length(), generation.marked));
    }
  }

  private boolean fed(Generation generation) {
    return fedCount(generation) > 0;
  }

  private int fedCount(Generation generation) {
    return (int) feeds.stream().filter(f -> f.generation == generation).count();
  }

  private void feed(Generation generation, int count) {
    int from = generation.line.length();
    for (int i = from; i < from + count; i++) {
      boolean last = i == generation.tokens.size() - 1;
      int token = generation.tokens.get(i);
      int index = batch.add(token, i, generation.line.id, last);
      feeds.add(new Feed(generation, token, index, last));
    }
  }

  private void preempt() {
    Generation last = running.removeLast();
    if (last.line != null) {
      cache.drop(last.line);
      last.line = null;
    }
    waiting.addFirst(last);
  }

  private void failBatch(LlamaException cause) {
    feeds.stream()
        .map(Feed::generation)
        .distinct()
        .forEach(
            generation -> {
              cache.drop(generation.line);
              generation.line = null;
              replies.accept(new Message.Failed(generation.id, false, cause.getMessage()));
              end(generation);
            });
  }

  private void advance(Feed feed) {
    Generation generation = feed.generation;
    int token;
    try {
      token = next(feed);
    } catch (LlamaException e) {
      replies.accept(new Message.Failed(generation.id, false, e.getMessage()));
      end(generation);
      return;
    }
    generation.tokens.add(token);
    if (model.ends(token)) {
      finish(generation, Stop.END_OF_TURN);
      return;
    }
    show(generation, text(generation, token));
    if (generation.constraint != null && generation.constraint.finished()) {
      finish(generation, Stop.END_OF_TURN);
    } else if (generation.text.stopped()) {
      finish(generation, Stop.STOP_SEQUENCE);
    } else if (generation.maxTokens > 0 && generation.produced() >= generation.maxTokens) {
      finish(generation, Stop.MAX_TOKENS);
    } else if (generation.tokens.size() >= contextLength) {
      finish(generation, Stop.CONTEXT_FULL);
    }
  }

  private int next(Feed feed) {
    Generation generation = feed.generation;
    if (generation.constraint == null) {
      return generation.sampler.sample(context, batch, feed.index);
    }
    if (vocabulary == null) {
      vocabulary = new Vocabulary(model);
    }
    return Choosing.next(
        generation.constraint,
        vocabulary,
        context.scores(batch, feed.index),
        () -> generation.sampler.sample(context, batch, feed.index));
  }

  private String text(Generation generation, int token) {
    Constraint constraint = generation.constraint;
    if (constraint == null) {
      return generation.text.add(model.piece(token));
    }
    byte[] piece = vocabulary.piece(token);
    if (piece.length > 0) {
      constraint.accept(piece);
    }
    if (constraint.active()) {
      generation.text.ignoreStops();
    }
    return generation.text.add(piece);
  }

  private void finish(Generation generation, Stop stop) {
    show(generation, generation.text.finish());
    replies.accept(new Message.Done(generation.id, stop, generation.produced()));
    end(generation);
  }

  private void show(Generation generation, String text) {
    if (!text.isEmpty()) {
      replies.accept(new Message.Text(generation.id, text));
    }
  }

  private void end(Generation generation) {
    if (generation.line != null) {
      cache.close(generation.line);
    }
    running.remove(generation);
    generation.close();
  }
}
