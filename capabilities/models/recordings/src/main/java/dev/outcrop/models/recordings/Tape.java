package dev.outcrop.models.recordings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Records calls, or replays them. */
final class Tape {
  private static final String ANSWER = "answer";
  private static final String EVENTS = "events";

  private final Recorded recorded;
  private final boolean replays;

  /** How many answers to a request were recorded or replayed by this process. */
  private final Map<String, Integer> counts = new HashMap<>();

  private final Map<String, ObjectNode> facts = new HashMap<>();

  Tape(Recorded recorded, boolean replays) {
    this.recorded = recorded;
    this.replays = replays;
  }

  boolean replays() {
    return replays;
  }

  /**
   * The answer to a call in one piece.
   *
   * @param steady whether the same request always has the same answer, which is then recorded once
   * @param live asks the model; not called when it is replayed
   */
  JsonNode answer(Asked asked, boolean steady, Supplier<JsonNode> live) {
    if (replays) {
      JsonNode recording = next(asked);
      Failures.throwFrom(recording);
      return recording.get(ANSWER);
    }
    ObjectNode recording = asked.json();
    try {
      JsonNode answer = live.get();
      recording.set(ANSWER, answer);
      write(asked, recording, steady);
      return answer;
    } catch (RuntimeException e) {
      if (Failures.record(e, recording)) {
        write(asked, recording, steady);
      }
      throw e;
    }
  }

  /**
   * A call whose answer is a stream.
   *
   * @param live asks the model and tells what it is given of every event that it sent
   * @param client takes replayed events
   */
  void stream(Asked asked, Consumer<Consumer<JsonNode>> live, Consumer<JsonNode> client) {
    if (replays) {
      JsonNode recording = next(asked);
      recording.path(EVENTS).forEach(client);
      Failures.throwFrom(recording);
      return;
    }
    ObjectNode recording = asked.json();
    ArrayNode events = recording.putArray(EVENTS);
    try {
      live.accept(events::add);
      write(asked, recording, false);
    } catch (RuntimeException e) {
      if (Failures.record(e, recording)) {
        write(asked, recording, false);
      }
      throw e;
    }
  }

  private synchronized void write(Asked asked, ObjectNode recording, boolean steady) {
    String name = asked.name();
    int number = steady ? 1 : counts.merge(name, 1, Integer::sum);
    if (steady && counts.putIfAbsent(name, 1) != null) {
      return;
    }
    ObjectNode written = recording.deepCopy();
    Secrets.mask(written);
    recorded.write(name, number, written);
    if (number == 1) {
      recorded.forgetAfter(name, 1);
    }
  }

  private synchronized JsonNode next(Asked asked) {
    String name = asked.name();
    int number = counts.getOrDefault(name, 0) + 1;
    Optional<JsonNode> found = recorded.read(name, number);
    if (found.isEmpty() && number > 1) {
      return recorded
          .read(name, number - 1)
          .orElseThrow(() -> Nearest.notRecorded(asked, recorded));
    }
    JsonNode recording = found.orElseThrow(() -> Nearest.notRecorded(asked, recorded));
    counts.put(name, number);
    return recording;
  }

  /** What is known of a model beside its answers; empty when nothing is. */
  synchronized JsonNode facts(String model) {
    return facts.computeIfAbsent(
        model,
        id ->
            recorded
                .read(factsName(id), 1)
                .map(ObjectNode.class::cast)
                .orElseGet(JsonNodeFactory.instance::objectNode));
  }

  /** Adds to what is known of a model. */
  synchronized void fact(String model, Consumer<ObjectNode> added) {
    ObjectNode known = (ObjectNode) facts(model);
    ObjectNode before = known.deepCopy();
    known.put("model", model);
    added.accept(known);
    if (!known.equals(before)) {
      recorded.write(factsName(model), 1, known);
    }
  }

  private static String factsName(String model) {
    return "model-" + model.replaceAll("[^A-Za-z0-9._-]", "-");
  }
}
