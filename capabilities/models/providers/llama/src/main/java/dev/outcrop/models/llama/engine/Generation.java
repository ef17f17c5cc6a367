package dev.outcrop.models.llama.engine;

import dev.outcrop.models.llama.binding.Sampler;
import java.nio.charset.StandardCharsets;

/** One request being worked on: its tokens so far, prompt and answer, and how to go on. */
final class Generation implements AutoCloseable {
  final long id;
  final Tokens tokens;
  final int prompt;
  final int maxTokens;
  final Sampler sampler;
  final StopText text;

  /** Null when anything may come. */
  final Constraint constraint;

  /** How many tokens of the prompt the caller wants kept. */
  final int marked;

  boolean started;
  boolean cancelled;

  /** Its line in the cache; null while it waits. */
  Line line;

  /**
   * @param prompt how many of the tokens are the prompt's; the others are of the answer
   */
  Generation(Message.Generate request, int[] tokens, int prompt, int marked, Sampler sampler) {
    this.id = request.id();
    this.tokens = new Tokens(tokens);
    this.prompt = prompt;
    this.maxTokens = request.maxTokens();
    this.sampler = sampler;
    this.marked = marked;
    this.constraint =
        request.grammar().isEmpty() ? null : new Constraint(request.grammar(), request.markers());
    this.text = new StopText(request.stops());
    if (constraint != null && !request.begun().isEmpty()) {
      constraint.accept(request.begun().getBytes(StandardCharsets.UTF_8));
      text.ignoreStops();
    }
  }

  /** Tokens that the model has not seen yet. */
  int pending() {
    return tokens.size() - (line == null ? 0 : line.length());
  }

  int produced() {
    return tokens.size() - prompt;
  }

  @Override
  public void close() {
    sampler.close();
  }
}
