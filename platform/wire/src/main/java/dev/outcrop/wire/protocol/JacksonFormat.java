package dev.outcrop.wire.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.outcrop.wire.RefusedException;
import dev.outcrop.wire.json.Dialect;
import dev.outcrop.wire.json.Formats;
import dev.outcrop.wire.json.StructureReader;
import dev.outcrop.wire.json.StructureWriter;
import dev.outcrop.wire.shape.Member;
import dev.outcrop.wire.shape.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import software.amazon.awssdk.core.SdkPojo;

/** JSON and CBOR bodies. */
final class JacksonFormat implements BodyFormat {
  private final JsonFactory factory;
  private final Dialect dialect;
  private final String contentType;
  private final boolean typeInBody;

  private JacksonFormat(
      JsonFactory factory, Dialect dialect, String contentType, boolean typeInBody) {
    this.factory = factory;
    this.dialect = dialect;
    this.contentType = contentType;
    this.typeInBody = typeInBody;
  }

  /** JSON whose errors name their type in a header. */
  static JacksonFormat restJson() {
    return new JacksonFormat(Formats.JSON, Dialect.JSON, "application/json", false);
  }

  /** JSON whose errors name their type in {@code __type}. */
  static JacksonFormat awsJson(String contentType) {
    return new JacksonFormat(Formats.JSON, Dialect.JSON, contentType, true);
  }

  static JacksonFormat cbor() {
    return new JacksonFormat(Formats.CBOR, Dialect.CBOR, "application/cbor", true);
  }

  @Override
  public String contentType() {
    return contentType;
  }

  @Override
  public void read(byte[] body, SdkPojo builder, Shape shape) {
    if (body.length == 0) {
      return;
    }
    parse(
        body,
        in -> {
          new StructureReader(in, dialect).structure(builder, shape);
          return builder;
        });
  }

  @Override
  public Object readPayload(byte[] body, Member payload) {
    return body.length == 0
        ? null
        : parse(body, in -> new StructureReader(in, dialect).value(payload));
  }

  private Object parse(byte[] body, Parse parse) {
    try (JsonParser in = factory.createParser(body)) {
      if (in.nextToken() == null) {
        throw RefusedException.serialization("The body is empty");
      }
      Object read = parse.from(in);
      if (in.nextToken() != null) {
        throw RefusedException.serialization("The body goes on after its end");
      }
      return read;
    } catch (JsonProcessingException e) {
      throw RefusedException.serialization("The body is malformed: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw RefusedException.serialization("The body is malformed");
    }
  }

  private interface Parse {
    Object from(JsonParser in) throws IOException;
  }

  @Override
  public byte[] write(SdkPojo pojo, Shape shape, String name) {
    return generate(out -> new StructureWriter(out, dialect).structure(pojo, shape));
  }

  @Override
  public byte[] writePayload(Object value, Member payload) {
    return generate(out -> new StructureWriter(out, dialect).value(value, payload));
  }

  @Override
  public byte[] writeError(Failure failure, String requestId) {
    return generate(
        out -> {
          out.writeStartObject();
          if (typeInBody) {
            out.writeStringField("__type", failure.code());
          }
          if (failure.message() != null) {
            out.writeStringField("message", failure.message());
          }
          if (failure.members() != null) {
            SdkPojo members = failure.members();
            new StructureWriter(out, dialect).members(members, Shape.of(members));
          }
          out.writeEndObject();
        });
  }

  private byte[] generate(Generate generate) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator out = factory.createGenerator(bytes)) {
      generate.into(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private interface Generate {
    void into(JsonGenerator out) throws IOException;
  }
}
