package dev.outcrop.logs.invocations;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * What a call answered so far. The many events of a long stream are kept compressed, at a twentieth
 * of what they take as trees: a thousand streams may be under way at once.
 */
final class Pieces {
  /** So many stay trees: an answer in one piece is never packed. */
  private static final int TREES = 16;

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private final List<JsonNode> last = new ArrayList<>();
  private final List<byte[]> packs = new ArrayList<>(0);
  private long packed;

  void add(JsonNode piece) {
    last.add(piece);
    if (last.size() == TREES) {
      pack();
    }
  }

  private void pack() {
    ByteArrayOutputStream pack = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(pack)) {
      for (JsonNode piece : last) {
        byte[] json = MAPPER.writeValueAsBytes(piece);
        packed += json.length;
        out.write(json);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    packs.add(pack.toByteArray());
    last.clear();
  }

  boolean isEmpty() {
    return last.isEmpty() && packs.isEmpty();
  }

  /** Those that are still trees. */
  List<JsonNode> last() {
    return last;
  }

  /** Bytes of JSON that the others are. */
  long packed() {
    return packed;
  }

  /** All of them in their order. */
  List<JsonNode> all() {
    if (packs.isEmpty()) {
      return last;
    }
    List<JsonNode> all = new ArrayList<>();
    for (byte[] pack : packs) {
      try (MappingIterator<JsonNode> before =
          MAPPER
              .readerFor(JsonNode.class)
              .readValues(new InflaterInputStream(new ByteArrayInputStream(pack)))) {
        before.forEachRemaining(all::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    all.addAll(last);
    return all;
  }
}
