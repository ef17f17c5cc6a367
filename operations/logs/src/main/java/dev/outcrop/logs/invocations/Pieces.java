package dev.outcrop.logs.invocations;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * What a call answered so far: the whole body, or the events of a stream, which are kept as JSON
 * and, once they are many, compressed. As trees they would take twenty times as much, and a
 * thousand streams may be under way at once.
 */
final class Pieces {
  /** So many bytes of JSON are compressed together. */
  private static final int PACK = 4_096;

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private final List<byte[]> packs = new ArrayList<>(0);

  /** The first piece as it came: most answers have no other. */
  private JsonNode only;

  /** Null while there is no second piece. */
  private ByteArrayOutputStream plain;

  private long bytes;

  void add(JsonNode piece) {
    if (only == null && plain == null) {
      only = piece;
      return;
    }
    if (plain == null) {
      plain = new ByteArrayOutputStream(512);
      write(only);
      only = null;
    }
    write(piece);
  }

  private void write(JsonNode piece) {
    try {
      byte[] json = MAPPER.writeValueAsBytes(piece);
      bytes += json.length;
      plain.writeBytes(json);
      if (plain.size() >= PACK) {
        ByteArrayOutputStream pack = new ByteArrayOutputStream(512);
        try (DeflaterOutputStream out = new DeflaterOutputStream(pack)) {
          plain.writeTo(out);
        }
        packs.add(pack.toByteArray());
        plain = new ByteArrayOutputStream(512);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isEmpty() {
    return only == null && plain == null;
  }

  /** The one piece, when there is no more than that and it is still a tree; else null. */
  JsonNode only() {
    return only;
  }

  /** Bytes of JSON that are not {@link #only}. */
  long bytes() {
    return bytes;
  }

  /** All of them in their order. */
  List<JsonNode> all() {
    if (plain == null) {
      return only == null ? List.of() : List.of(only);
    }
    List<JsonNode> all = new ArrayList<>();
    for (byte[] pack : packs) {
      read(new InflaterInputStream(new ByteArrayInputStream(pack)), all);
    }
    read(new ByteArrayInputStream(plain.toByteArray()), all);
    return all;
  }

  private static void read(InputStream json, List<JsonNode> into) {
    try (MappingIterator<JsonNode> pieces = MAPPER.readerFor(JsonNode.class).readValues(json)) {
      pieces.forEachRemaining(into::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
