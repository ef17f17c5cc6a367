package dev.outcrop.models.bodies;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.ModelEntry;
import dev.outcrop.models.NativeBodies.Asked;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A body in a vendor's own form, the request it becomes, and the answer and chunks that a model's
 * answer becomes. Where a fixture has no answer of its own, the model says {@code Hello world}.
 */
record Fixture(String name, JsonNode json) {

  private static final Path FOLDER = Path.of("src/test/resources/fixtures");

  static List<Fixture> all() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().map(Fixture::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Fixture read(Path file) {
    try {
      return new Fixture(
          file.getFileName().toString().replace(".json", ""), Body.JSON.readTree(file.toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ObjectNode body() {
    return json.get("body").deepCopy();
  }

  boolean streams() {
    return json.path("streams").asBoolean();
  }

  Asked asked(JsonNode body, boolean streaming) {
    ModelEntry.Kind kind = ModelEntry.Kind.valueOf(json.path("kind").asText("CHAT"));
    String model = json.path("model").asText("local");
    return new Asked(
        model, new ModelEntry(model, "test", kind, null, Map.of()), Body.write(body), streaming);
  }

  /** Whether this form takes no notice of what is there, as another field says. */
  boolean without(String pointer) {
    return pointer.equals(json.path("without").asText());
  }

  /** The model's answer, as Converse gives it. */
  JsonNode response() {
    return json.has("response") ? json.get("response") : Played.HELLO;
  }

  /** The model's events, as ConverseStream gives them. */
  ArrayNode events() {
    return (ArrayNode) (json.has("events") ? json.get("events") : Played.HELLO_EVENTS);
  }

  @Override
  public String toString() {
    return name;
  }
}
