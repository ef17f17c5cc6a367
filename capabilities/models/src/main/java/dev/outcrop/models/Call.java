package dev.outcrop.models;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outcrop.models.calls.CallObserver;
import dev.outcrop.models.calls.ModelCall;
import dev.outcrop.models.calls.Outcome;
import dev.outcrop.models.calls.Usage;
import dev.outcrop.models.catalogue.CatalogueEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** One call of a model under way: those who watch it, and what it has come to so far. */
final class Call {

  private final ModelCall asked;
  private final long start;
  private final List<CallObserver.Watch> watches = new ArrayList<>(4);
  private boolean wantsOutput;
  private boolean ended;
  private CatalogueEntry servedBy;
  private Usage usage;
  private String stopReason;
  private long firstPiece = -1;
  private long characters;
  private long pieces;
  private boolean begun;

  /**
   * @param start by {@link System#nanoTime}, when the request came
   */
  Call(ModelCall asked, long start) {
    this.asked = asked;
    this.start = start;
    this.servedBy = asked.entry();
  }

  ModelCall asked() {
    return asked;
  }

  void add(CallObserver.Watch watch) {
    watches.add(watch);
    wantsOutput |= watch.wantsOutput();
  }

  /** Whether anybody wants {@link #output}. */
  boolean wantsOutput() {
    return wantsOutput;
  }

  /** Another model is asked: what the one before consumed is not known. */
  void attempt(CatalogueEntry entry) {
    servedBy = entry;
    usage = null;
    stopReason = null;
    characters = 0;
    pieces = 0;
    begun = false;
  }

  CatalogueEntry servedBy() {
    return servedBy;
  }

  /** The model has begun to answer, so that it has read what it was sent. */
  void begun() {
    begun = true;
  }

  /** The model wrote a piece of its answer. */
  void piece(int length) {
    if (firstPiece < 0) {
      firstPiece = millis();
    }
    begun = true;
    characters += length;
    pieces++;
  }

  void usage(Usage told) {
    usage = told;
  }

  /** What was used so far of more to come; whoever watches may end the call for it. */
  void used(Usage soFar) {
    usage = soFar;
    watches.forEach(watch -> watch.used(servedBy, soFar));
  }

  void stopReason(String reason) {
    stopReason = reason;
  }

  /** Tells those who want it what the client is sent. */
  void output(Supplier<JsonNode> piece) {
    if (!wantsOutput) {
      return;
    }
    JsonNode json = piece.get();
    for (CallObserver.Watch watch : watches) {
      if (watch.wantsOutput()) {
        watch.output(json);
      }
    }
  }

  /**
   * Ends every watch, once. An interrupt is put off meanwhile: that the client left must not keep
   * anyone from writing down what the call cost.
   *
   * @param failure null for none
   */
  void end(Throwable failure) {
    if (ended) {
      return;
    }
    ended = true;
    Outcome outcome = new Outcome(servedBy, consumed(), stopReason, millis(), firstPiece, failure);
    boolean interrupted = Thread.interrupted();
    RuntimeException problem = null;
    for (CallObserver.Watch watch : watches) {
      try {
        watch.end(outcome);
      } catch (RuntimeException e) {
        if (problem == null) {
          problem = e;
        } else {
          problem.addSuppressed(e);
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (problem != null && failure == null) {
      throw problem;
    }
    if (problem != null) {
      failure.addSuppressed(problem);
    }
  }

  /**
   * What the model told, or, where an answer broke off before it could tell, an estimate: four
   * bytes are about one token, and a piece of an answer is one at least.
   */
  private Usage consumed() {
    if (usage != null) {
      return usage;
    }
    return begun
        ? new Usage((asked.inputTokens() + 3) / 4, Math.max(pieces, characters / 4), 0, 0, 0)
        : Usage.NONE;
  }

  private long millis() {
    return (System.nanoTime() - start) / 1_000_000;
  }
}
