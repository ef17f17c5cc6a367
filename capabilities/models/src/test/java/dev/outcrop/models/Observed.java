package dev.outcrop.models;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outcrop.models.calls.CallObserver;
import dev.outcrop.models.calls.ModelCall;
import dev.outcrop.models.calls.Outcome;
import dev.outcrop.models.calls.Usage;
import dev.outcrop.models.catalogue.CatalogueEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Keeps what an observer hears. */
final class Observed implements CallObserver {

  final List<ModelCall> calls = Collections.synchronizedList(new ArrayList<>());
  final List<Outcome> outcomes = Collections.synchronizedList(new ArrayList<>());
  final List<JsonNode> output = Collections.synchronizedList(new ArrayList<>());

  /** When set, calls are refused. */
  volatile boolean refuses;

  volatile boolean wantsOutput;

  /** The most tokens of output that a dialogue may come to. */
  volatile long mostOutput = Long.MAX_VALUE;

  @Override
  public Watch begin(ModelCall call) {
    calls.add(call);
    if (refuses) {
      throw RuntimeErrors.tooMany();
    }
    return new Watch() {
      @Override
      public boolean wantsOutput() {
        return wantsOutput;
      }

      @Override
      public void output(JsonNode piece) {
        output.add(piece);
      }

      @Override
      public void used(CatalogueEntry servedBy, Usage soFar) {
        if (soFar.output() > mostOutput) {
          throw RuntimeErrors.tooMany();
        }
      }

      @Override
      public void end(Outcome outcome) {
        outcomes.add(outcome);
      }
    };
  }
}
