package dev.outcrop.models.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outcrop.models.upstream.Failure;
import dev.outcrop.models.upstream.Failure.Kind;
import dev.outcrop.models.upstream.SseReader;
import dev.outcrop.models.upstream.Upstream;
import dev.outcrop.models.upstream.UpstreamResponse;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;

/**
 * The chunks of an answer. Opened, it has read up to the first that says something: until then a
 * failure may be tried again. A server that doesn't stream after all gives one chunk.
 */
final class ChatStream implements AutoCloseable {

  private static final int LARGEST_ANSWER = 64 << 20;

  /** Chunks that may come before the first that says something. */
  private static final int MOST_PRELUDE = 100;

  private final UpstreamResponse response;
  private final SseReader events;
  private final Queue<JsonNode> read = new ArrayDeque<>(2);
  private boolean ended;

  private ChatStream(UpstreamResponse response) {
    this.response = response;
    this.events = new SseReader(response.body());
  }

  /** Throws {@link Failure} when there is no answer, or it begins with an error. */
  static ChatStream open(UpstreamResponse response) {
    ChatStream stream = new ChatStream(response);
    String type = response.mediaType();
    if (type.equals("application/json")) {
      stream.add(Upstream.parse(response.bytes(LARGEST_ANSWER), 0, -1));
      stream.ended = true;
      return stream;
    } else if (!type.equals("text/event-stream") && !type.isEmpty()) {
      throw new Failure(Kind.BROKEN, 0, "it answered with " + type + " instead of a stream");
    }
    JsonNode chunk;
    do {
      chunk = stream.receive();
      if (chunk == null) {
        throw new Failure(Kind.BROKEN, 0, "its stream ended before it said anything");
      }
      stream.add(chunk);
    } while (!says(chunk) && stream.read.size() < MOST_PRELUDE);
    return stream;
  }

  private void add(JsonNode chunk) {
    if (chunk.hasNonNull("error") && !chunk.path("choices").path(0).has("delta")) {
      throw OpenAiProtocol.inStream(chunk);
    }
    read.add(chunk);
  }

  private static boolean says(JsonNode chunk) {
    JsonNode choice = chunk.path("choices").path(0);
    if (choice.hasNonNull("finish_reason") || choice.has("text")) {
      return true;
    }
    for (Map.Entry<String, JsonNode> field : choice.path("delta").properties()) {
      JsonNode value = field.getValue();
      boolean something =
          value.isContainerNode()
              ? !value.isEmpty()
              : value.isTextual() && !value.textValue().isEmpty();
      if (something && !field.getKey().equals("role")) {
        return true;
      }
    }
    return false;
  }

  /** The next chunk; null at the end. */
  JsonNode next() {
    JsonNode chunk = read.poll();
    return chunk != null || ended ? chunk : receive();
  }

  private JsonNode receive() {
    while (!ended && events.next()) {
      if (events.is("[DONE]")) {
        break;
      } else if (events.length() > 0) {
        return Upstream.parse(events.data(), 0, events.length());
      }
    }
    ended = true;
    return null;
  }

  /** After the last chunk was used: the connection may serve the next call. */
  void drain() {
    response.drain();
  }

  @Override
  public void close() {
    response.close();
  }
}
