package dev.outcrop.conformance.running;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.eventstream.Message;
import software.amazon.eventstream.MessageDecoder;

/**
 * What public recordings of one kind of answer have in common.
 *
 * @param facts the fields that always or sometimes came, by their path, with their types; the
 *     headers; requests that bring a like answer; and differences that are meant, with why
 */
public record Recorded(JsonNode facts) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public static List<Recorded> all() {
    try (var facts = Recorded.class.getResourceAsStream("/golden/answers.json")) {
      List<Recorded> all = new ArrayList<>();
      JSON.readTree(facts).forEach(f -> all.add(new Recorded(f)));
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public JsonNode asks() {
    return facts.get("asks");
  }

  /** Headers that always came. */
  public List<String> headers() {
    return facts.get("headers").properties().stream()
        .filter(h -> h.getValue().asText().equals("always"))
        .map(h -> h.getKey())
        .filter(h -> !facts.path("differences").has(h))
        .toList();
  }

  /** The fields of an answer, each as a path, a space and a type. */
  public static Set<String> fields(HttpResponse<byte[]> answer) throws IOException {
    Set<String> fields = new TreeSet<>();
    String type = answer.headers().firstValue("content-type").orElse("");
    if (!type.startsWith("application/vnd.amazon.eventstream")) {
      collect(JSON.readTree(answer.body()), "", fields);
      return fields;
    }
    MessageDecoder decoder = new MessageDecoder();
    decoder.feed(ByteBuffer.wrap(answer.body()));
    for (Message message : decoder.getDecodedMessages()) {
      String event = message.getHeaders().get(":event-type").getString();
      JsonNode payload = JSON.readTree(message.getPayload());
      if (event.equals("chunk")) {
        JsonNode inner = JSON.readTree(Base64.getDecoder().decode(payload.get("bytes").asText()));
        boolean typed = inner.path("type").isTextual() && !inner.has("completion");
        collect(inner, typed ? "chunk[" + inner.get("type").asText() + "]" : "chunk", fields);
      } else {
        collect(payload, event, fields);
      }
    }
    return fields;
  }

  private static void collect(JsonNode node, String path, Set<String> into) {
    String here = path.isEmpty() || path.matches("[a-zA-Z_\\[\\]]+") ? path + "/" : path;
    into.add(here + " " + node.getNodeType().name().toLowerCase(java.util.Locale.ROOT));
    // What a tool is given is its own.
    if (node.isObject() && !path.endsWith("/input")) {
      node.properties().forEach(e -> collect(e.getValue(), path + "/" + e.getKey(), into));
    } else if (node.isArray()) {
      node.forEach(item -> collect(item, path + "/*", into));
    }
  }

  /** Fields of ours that no recording has, and those of all recordings that we lack. */
  public List<String> differences(Set<String> ours) {
    List<String> found = new ArrayList<>();
    Set<String> paths = new HashSet<>();
    for (String field : ours) {
      String path = field.substring(0, field.lastIndexOf(' '));
      String type = field.substring(field.lastIndexOf(' ') + 1);
      paths.add(path);
      String known =
          facts.get("always").path(path).asText(facts.get("sometimes").path(path).asText());
      if (!List.of(known.split("\\|")).contains(type) && !meant(path)) {
        found.add("recorded is " + (known.isEmpty() ? "nothing" : known) + ", ours is " + field);
      }
    }
    facts
        .get("always")
        .fieldNames()
        .forEachRemaining(
            path -> {
              if (!paths.contains(path) && !meant(path)) {
                found.add("ours lacks " + path);
              }
            });
    return found;
  }

  private boolean meant(String path) {
    return facts.path("differences").has(path);
  }

  @Override
  public String toString() {
    return facts.get("family").asText() + " of " + facts.get("recordings") + " recordings";
  }
}
