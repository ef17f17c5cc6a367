package dev.outcrop.wire.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.outcrop.wire.RefusedException;
import dev.outcrop.wire.shape.Member;
import dev.outcrop.wire.shape.Shape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkPojo;

/**
 * Reads SDK objects from a Jackson parser. Members it does not know are skipped, as newer clients
 * send them; values of the wrong type are refused.
 */
public final class StructureReader {
  private final JsonParser in;
  private final Dialect dialect;
  private final ScalarReader scalars;

  public StructureReader(JsonParser in, Dialect dialect) {
    this.in = in;
    this.dialect = dialect;
    this.scalars = new ScalarReader(in, dialect);
  }

  /** Reads the object that the parser is at into the builder. */
  public void structure(SdkPojo builder, Shape shape) throws IOException {
    expect(JsonToken.START_OBJECT, "Start of structure or map found where not expected.");
    String name;
    while ((name = in.nextFieldName()) != null) {
      Member member = dialect == Dialect.STORED ? shape.member(name) : shape.bodyMember(name);
      JsonToken token = in.nextToken();
      if (member == null) {
        in.skipChildren();
      } else if (token != JsonToken.VALUE_NULL || isDocument(member)) {
        member.set(builder, value(member));
      }
    }
    if (in.currentToken() != JsonToken.END_OBJECT) {
      throw RefusedException.serialization("The structure does not end");
    }
  }

  private static boolean isDocument(Member member) {
    return switch (member.type()) {
      case DOCUMENT -> true;
      default -> false;
    };
  }

  /** Reads the value that the parser is at. */
  public Object value(Member member) throws IOException {
    return switch (member.type()) {
      case DOCUMENT -> DocumentReader.read(in);
      case SDK_POJO -> nested(member);
      case LIST -> list(member.element());
      case MAP -> map(member.element());
      default -> scalars.read(member);
    };
  }

  private Object nested(Member member) throws IOException {
    if (in.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    SdkPojo builder = member.newBuilder();
    structure(builder, member.shape());
    return Shape.build(builder);
  }

  private List<Object> list(Member element) throws IOException {
    if (in.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    expect(JsonToken.START_ARRAY, "Expected list or null");
    List<Object> values = new ArrayList<>();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      values.add(value(element));
    }
    return values;
  }

  private Map<String, Object> map(Member element) throws IOException {
    if (in.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    expect(JsonToken.START_OBJECT, "Expected map or null");
    Map<String, Object> values = new LinkedHashMap<>();
    String key;
    while ((key = in.nextFieldName()) != null) {
      in.nextToken();
      values.put(key, value(element));
    }
    return values;
  }

  private void expect(JsonToken wanted, String otherwise) {
    if (in.currentToken() != wanted) {
      throw RefusedException.serialization(otherwise);
    }
  }
}
