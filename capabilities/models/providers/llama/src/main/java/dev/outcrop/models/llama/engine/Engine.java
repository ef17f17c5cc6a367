package dev.outcrop.models.llama.engine;

import dev.outcrop.models.llama.binding.Context;
import dev.outcrop.models.llama.binding.ContextSettings;
import dev.outcrop.models.llama.binding.ContextSettings.CacheType;
import dev.outcrop.models.llama.binding.Llama;
import dev.outcrop.models.llama.binding.LlamaException;
import dev.outcrop.models.llama.binding.Model;
import dev.outcrop.models.llama.binding.Sampler;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/** A loaded model and the scheduler that serves it. */
final class Engine {
  /**
   * What a model gets when nothing else is asked for: enough for documents, small enough for RAM.
   */
  private static final int DEFAULT_CONTEXT = 8192;

  private final Model model;
  private final Scheduler scheduler;
  private final int contextLength;
  private final Consumer<Message> replies;
  private final boolean keeps;

  Engine(Message.Load load, Consumer<Message> replies) {
    this.replies = replies;
    model = new Llama(Path.of(load.libraries())).load(Path.of(load.file()), load.gpuLayers());
    if (model.encoder()) {
      throw new LlamaException("encoder-decoder models are not supported: " + load.file());
    }
    int wanted = contextLength(load, model);
    int parallel = load.parallel();
    // A running state can't be cut back, so such models keep no prefixes.
    int keep = model.recurrent() ? 0 : load.prefixes();
    keeps = keep > 0;
    int cells = load.cells() > 0 ? load.cells() : Math.max(wanted, 2 * DEFAULT_CONTEXT);
    if (cells < wanted) {
      throw new LlamaException("cacheTokens is less than contextLength");
    }
    Context context = new Context(model, settings(load, cells, parallel + keep));
    contextLength = Math.min(wanted, context.size());
    Cache cache =
        new Cache(context, context.size(), parallel, keep, !model.recurrent(), model.window());
    scheduler = new Scheduler(model, context, cache, parallel, contextLength, load, replies);
  }

  private static int contextLength(Message.Load load, Model model) {
    int trained = model.trainedContext();
    if (load.contextLength() > trained) {
      throw new LlamaException(
          "contextLength "
              + load.contextLength()
              + " is more than the "
              + trained
              + " tokens that the model was trained with");
    }
    return load.contextLength() > 0 ? load.contextLength() : Math.min(trained, DEFAULT_CONTEXT);
  }

  private static ContextSettings settings(Message.Load load, int cells, int sequences) {
    Boolean flash =
        switch (load.flashAttention()) {
          case "on" -> true;
          case "off" -> false;
          default -> null;
        };
    return new ContextSettings(
        cells, load.batch(), sequences, load.threads(), flash, CacheType.valueOf(load.cacheType()));
  }

  Message.Ready ready() {
    return new Message.Ready(
        model.description(),
        contextLength,
        model.metadata("tokenizer.chat_template").orElse(""),
        model.beginText(),
        model.endText());
  }

  /** Computes until the process ends. */
  void run() throws InterruptedException {
    scheduler.run();
  }

  /** Takes a message from the server; called by the thread that reads them. */
  void take(Message message) {
    switch (message) {
      case Message.Generate m -> generate(m);
      case Message.Count m -> count(m);
      case Message.Cancel m -> scheduler.cancel(m.id());
      default -> throw new LlamaException("not a message for the engine: " + message);
    }
  }

  private void count(Message.Count request) {
    try {
      int tokens = model.tokenize(request.text(), request.special()).length;
      replies.accept(new Message.Counted(request.id(), tokens));
    } catch (LlamaException e) {
      replies.accept(new Message.Failed(request.id(), false, e.getMessage()));
    }
  }

  private void generate(Message.Generate request) {
    int[] prompt;
    int[] all;
    int marked;
    try {
      prompt = model.tokenize(request.text(), request.special());
      boolean first = request.begun().isEmpty();
      all = first ? prompt : model.tokenize(request.text() + request.begun(), request.special());
      marked = marked(request, prompt);
    } catch (LlamaException e) {
      replies.accept(new Message.Failed(request.id(), false, e.getMessage()));
      return;
    }
    if (prompt.length == 0) {
      replies.accept(new Message.Failed(request.id(), false, "the prompt has no tokens"));
    } else if (all.length >= contextLength) {
      replies.accept(
          new Message.Failed(
              request.id(), true, all.length + " tokens of at most " + (contextLength - 1)));
    } else {
      scheduler.submit(new Generation(request, all, prompt.length, marked, sampler(request)));
    }
  }

  /** How many of the tokens the text before the mark begins with too. */
  private int marked(Message.Generate request, int[] prompt) {
    if (request.mark() == 0 || !keeps) {
      return 0;
    }
    int[] before = model.tokenize(request.text().substring(0, request.mark()), request.special());
    return new Tokens(before).commonPrefix(new Tokens(prompt));
  }

  private Sampler sampler(Message.Generate r) {
    int seed = r.seed() < 0 ? ThreadLocalRandom.current().nextInt() : (int) r.seed();
    // All bits set would mean a random seed to llama.cpp.
    return new Sampler(model, r.temperature(), r.topP(), r.topK(), seed == -1 ? 0 : seed);
  }
}
