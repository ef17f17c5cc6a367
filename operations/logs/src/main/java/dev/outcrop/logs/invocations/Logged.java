package dev.outcrop.logs.invocations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outcrop.models.calls.CallObserver;
import dev.outcrop.models.calls.ModelCall;
import dev.outcrop.models.calls.Outcome;
import java.util.function.Consumer;
import software.amazon.awssdk.services.bedrock.model.LoggingConfig;

/** A call under way that is to be logged, or one that has ended. */
final class Logged implements CallObserver.Watch {
  final ModelCall call;
  final LoggingConfig config;
  private final Consumer<Logged> ended;
  private final Pieces pieces = new Pieces();
  private Outcome outcome;

  /** What it was counted as in the queue, in bytes. */
  long weight;

  Logged(ModelCall call, LoggingConfig config, Consumer<Logged> ended) {
    this.call = call;
    this.config = config;
    this.ended = ended;
  }

  @Override
  public boolean wantsOutput() {
    return true;
  }

  @Override
  public void output(JsonNode piece) {
    pieces.add(piece);
  }

  @Override
  public void end(Outcome how) {
    outcome = how;
    ended.accept(this);
  }

  Pieces pieces() {
    return pieces;
  }

  Outcome outcome() {
    return outcome;
  }

  InvocationLogging.Place place() {
    return new InvocationLogging.Place(call.account(), call.region());
  }
}
