package dev.outcrop.logs.invocations;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a call answered so far. The many events of a long stream are kept as bytes, a tenth of what
 * they take as trees: a thousand streams may be under way at once.
 */
final class Pieces {
  /** So many stay trees: most answers have fewer, and are never packed. */
  private static final int TREES = 64;

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private final List<JsonNode> last = new ArrayList<>();
  private ByteArrayOutputStream packed;

  void add(JsonNode piece) {
    last.add(piece);
    if (last.size() == TREES) {
      pack();
    }
  }

  private void pack() {
    packed = packed == null ? new ByteArrayOutputStream() : packed;
    try {
      for (JsonNode piece : last) {
        packed.writeBytes(MAPPER.writeValueAsBytes(piece));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    last.clear();
  }

  boolean isEmpty() {
    return last.isEmpty() && packed == null;
  }

  /** Those that are still trees. */
  List<JsonNode> last() {
    return last;
  }

  /** Bytes of those that aren't. */
  long packed() {
    return packed == null ? 0 : packed.size();
  }

  /** All of them in their order. */
  List<JsonNode> all() {
    if (packed == null) {
      return last;
    }
    try (MappingIterator<JsonNode> before =
        MAPPER.readerFor(JsonNode.class).readValues(packed.toByteArray())) {
      List<JsonNode> all = before.readAll();
      all.addAll(last);
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
