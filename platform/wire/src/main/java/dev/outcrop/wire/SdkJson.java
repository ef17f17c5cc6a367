package dev.outcrop.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.outcrop.wire.json.Dialect;
import dev.outcrop.wire.json.Formats;
import dev.outcrop.wire.json.StructureReader;
import dev.outcrop.wire.json.StructureWriter;
import dev.outcrop.wire.shape.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkPojo;

/**
 * SDK model objects as JSON, for storage: what is written is read back equal. Unlike on the wire
 * every member is kept, also those that travel in paths or headers, under its name in the SDK;
 * timestamps are epoch seconds with all their digits, blobs base64. Members never set are left out.
 */
public final class SdkJson {
  private SdkJson() {}

  /** Writes an SDK object as UTF-8 JSON. */
  public static byte[] write(SdkPojo pojo) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator out = Formats.JSON.createGenerator(bytes)) {
      new StructureWriter(out, Dialect.STORED).structure(pojo, Shape.of(pojo));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads what {@link #write} wrote: {@code SdkJson.read(json, GetAgentResponse::builder)}. Members
   * that the class does not have (any more) are skipped.
   *
   * @param builder makes the builder of the class to read
   * @throws RefusedException when the JSON does not fit the class
   * @throws UncheckedIOException when it is not JSON
   */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  public static <T extends SdkPojo> T read(byte[] json, Supplier<? extends SdkPojo> builder) {
    SdkPojo target = builder.get();
    try (JsonParser in = Formats.JSON.createParser(json)) {
      in.nextToken();
      new StructureReader(in, Dialect.STORED).structure(target, Shape.of(target));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return (T) Shape.build(target);
  }
}
