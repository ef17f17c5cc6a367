package dev.outcrop.wire.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import dev.outcrop.wire.shape.Member;
import dev.outcrop.wire.shape.Shape;
import dev.outcrop.wire.shape.Timestamps;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.core.traits.TimestampFormatTrait.Format;

/** Writes SDK objects to a Jackson generator. */
public final class StructureWriter {
  private static final int EPOCH_TAG = 1;

  private final JsonGenerator out;
  private final Dialect dialect;

  public StructureWriter(JsonGenerator out, Dialect dialect) {
    this.out = out;
    this.dialect = dialect;
  }

  /** Writes the members of the body as one object; members that were never set are left out. */
  public void structure(SdkPojo pojo, Shape shape) throws IOException {
    out.writeStartObject();
    members(pojo, shape);
    out.writeEndObject();
  }

  /** Writes the members alone, into an object that the caller opened. */
  public void members(SdkPojo pojo, Shape shape) throws IOException {
    for (Member member : dialect == Dialect.STORED ? shape.members() : shape.body()) {
      Object value = member.get(pojo);
      if (value != null) {
        out.writeFieldName(nameOf(member));
        value(value, member);
      }
    }
  }

  private SerializableString nameOf(Member member) {
    return dialect == Dialect.STORED ? member.storedName() : member.writeName();
  }

  /** Writes one value. */
  public void value(Object value, Member member) throws IOException {
    if (value == null) {
      out.writeNull();
      return;
    }
    switch (member.type()) {
      case STRING -> out.writeString((String) value);
      case INTEGER -> out.writeNumber((Integer) value);
      case LONG -> out.writeNumber((Long) value);
      case SHORT -> out.writeNumber((Short) value);
      case BYTE -> out.writeNumber((Byte) value);
      case FLOAT -> out.writeNumber((Float) value);
      case DOUBLE -> out.writeNumber((Double) value);
      case BIG_DECIMAL -> out.writeNumber((BigDecimal) value);
      case BOOLEAN -> out.writeBoolean((Boolean) value);
      case INSTANT -> timestamp((Instant) value, member.format());
      case SDK_BYTES -> out.writeBinary(((SdkBytes) value).asByteArrayUnsafe());
      case DOCUMENT -> DocumentWriter.write((Document) value, out);
      case SDK_POJO -> structure((SdkPojo) value, member.shape());
      case LIST -> list((List<?>) value, member.element());
      case MAP -> map((Map<?, ?>) value, member.element());
      case NULL -> out.writeNull();
    }
  }

  private void list(List<?> values, Member element) throws IOException {
    out.writeStartArray();
    for (Object value : values) {
      value(value, element);
    }
    out.writeEndArray();
  }

  private void map(Map<?, ?> values, Member element) throws IOException {
    out.writeStartObject();
    for (Map.Entry<?, ?> entry : values.entrySet()) {
      out.writeFieldName((String) entry.getKey());
      value(entry.getValue(), element);
    }
    out.writeEndObject();
  }

  private void timestamp(Instant instant, Format format) throws IOException {
    switch (dialect) {
      case CBOR -> {
        ((CBORGenerator) out).writeTag(EPOCH_TAG);
        out.writeNumber(instant.toEpochMilli() / 1000.0);
      }
      case STORED -> out.writeNumber(Timestamps.epochSeconds(instant));
      case JSON -> {
        Format chosen = format == null ? Format.UNIX_TIMESTAMP : format;
        String text = Timestamps.text(instant, chosen);
        if (chosen == Format.ISO_8601 || chosen == Format.RFC_822) {
          out.writeString(text);
        } else {
          out.writeNumber(text);
        }
      }
    }
  }
}
