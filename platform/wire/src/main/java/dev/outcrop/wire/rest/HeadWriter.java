package dev.outcrop.wire.rest;

import dev.outcrop.wire.shape.Member;
import dev.outcrop.wire.shape.Shape;
import dev.outcrop.wire.shape.TextValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;
import software.amazon.awssdk.core.traits.TimestampFormatTrait.Format;

/** Writes the members of a response that travel in its headers and status. */
public final class HeadWriter {
  private HeadWriter() {}

  /** Adds the headers of the response's members; unset and empty ones are left out. */
  public static void headers(SdkPojo response, Shape shape, Map<String, List<String>> headers) {
    for (Member member : shape.heads()) {
      if (member.location() == MarshallLocation.HEADER) {
        Object value = member.get(response);
        if (value != null && !value.equals("")) {
          header(member, value, headers);
        }
      }
    }
  }

  private static void header(Member member, Object value, Map<String, List<String>> headers) {
    String name = member.writeName().getValue();
    switch (member.type()) {
      case MAP ->
          ((Map<?, ?>) value)
              .forEach((key, one) -> headers.put(name + key, List.of(text(one, member.element()))));
      case LIST -> {
        List<String> texts = new ArrayList<>();
        ((List<?>) value).forEach(one -> texts.add(text(one, member.element())));
        if (!texts.isEmpty()) {
          headers.put(name, List.of(HeaderLists.join(texts, member.element())));
        }
      }
      default -> headers.put(name, List.of(text(value, member)));
    }
  }

  private static String text(Object value, Member member) {
    return TextValues.text(value, member, Format.RFC_822);
  }

  /** The status that a member of the response says, or the given one. */
  public static int status(SdkPojo response, Shape shape, int otherwise) {
    for (Member member : shape.heads()) {
      if (member.location() == MarshallLocation.STATUS_CODE
          && member.type() == MarshallingKnownType.INTEGER
          && member.get(response) instanceof Integer status
          && status >= 200
          && status <= 599) {
        return status;
      }
    }
    return otherwise;
  }
}
