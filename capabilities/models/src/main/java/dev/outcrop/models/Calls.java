package dev.outcrop.models;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outcrop.models.calls.CallObserver;
import dev.outcrop.models.calls.ModelCall;
import dev.outcrop.wire.RequestContext;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/** Sees to it that every call of a model is watched from its begin to its end. */
record Calls(List<CallObserver> observers) {

  Calls {
    observers = List.copyOf(observers);
  }

  /**
   * What a client asks for, before anyone has looked whether it can be had.
   *
   * @param operation for example {@code Converse}
   * @param start by {@link System#nanoTime}
   * @param input the body in the operation's own JSON
   * @param inputTokens an upper bound
   * @param outputTokens the most
   */
  record Asked(
      String operation,
      long start,
      Target target,
      Map<String, String> metadata,
      Supplier<JsonNode> input,
      long inputTokens,
      long outputTokens) {

    private ModelCall call() {
      RequestContext context = RequestContext.current();
      String id = context.requestId();
      return new ModelCall(
          id.equals("none") ? UUID.randomUUID().toString() : id,
          operation,
          Instant.now(),
          context.account(),
          context.region(),
          context.caller(),
          context.key(),
          target.trace() == null ? target.identifier() : target.trace().invokedModelId(),
          target.profile(),
          target.entry(),
          metadata,
          input,
          inputTokens,
          outputTokens);
    }
  }

  /**
   * Does the work of a call unless an observer refuses it. The watches end with the work; work that
   * ends them itself does so before it gives the client the last of its answer.
   */
  <T> T watch(Asked asked, Function<Call, T> work) {
    Call call = new Call(asked.call(), asked.start());
    try {
      for (CallObserver observer : observers) {
        call.add(observer.begin(call.asked()));
      }
      T answer = work.apply(call);
      call.end(null);
      return answer;
    } catch (RuntimeException | Error e) {
      call.end(e);
      throw e;
    }
  }
}
