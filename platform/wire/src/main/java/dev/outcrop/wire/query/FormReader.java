package dev.outcrop.wire.query;

import dev.outcrop.wire.RefusedException;
import dev.outcrop.wire.shape.Member;
import dev.outcrop.wire.shape.Shape;
import dev.outcrop.wire.shape.TextValues;
import dev.outcrop.wire.xml.Names;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkPojo;

/** Reads SDK objects from the parameters of Query requests. */
public final class FormReader {
  private FormReader() {}

  /** Reads a form's body, or the query of a request without one. */
  public static void read(byte[] body, String rawQuery, SdkPojo builder, Shape shape) {
    structure(body.length > 0 ? Form.parse(body) : Form.parse(rawQuery), builder, shape);
  }

  private static void structure(Form form, SdkPojo builder, Shape shape) {
    for (Member member : shape.members()) {
      Form given = form.child(member.readName());
      Object value = given == null ? null : value(given, member);
      if (value != null) {
        member.set(builder, value);
      }
    }
  }

  private static Object value(Form form, Member member) {
    return switch (member.type()) {
      case SDK_POJO -> {
        SdkPojo builder = member.newBuilder();
        structure(form, builder, member.shape());
        yield Shape.build(builder);
      }
      case LIST -> list(form, member);
      case MAP -> map(form, member);
      default -> form.value() == null ? null : TextValues.parse(form.value(), member);
    };
  }

  private static List<Object> list(Form form, Member member) {
    Form elements = form;
    if (!member.list().isFlattened()) {
      Form named = form.child(Names.element(member));
      elements = named == null ? form : named;
    }
    List<Object> values = new ArrayList<>();
    for (Form element : elements.numbered()) {
      values.add(value(element, member.element()));
    }
    return values;
  }

  private static Map<String, Object> map(Form form, Member member) {
    Form entries = member.map().isFlattened() ? form : form.child("entry");
    Map<String, Object> values = new LinkedHashMap<>();
    for (Form entry : entries == null ? List.<Form>of() : entries.numbered()) {
      Form key = entry.child(Names.key(member));
      Form value = entry.child(Names.value(member));
      if (key == null || key.value() == null) {
        throw RefusedException.serialization("An entry of " + member.readName() + " has no key");
      }
      values.put(key.value(), value == null ? null : value(value, member.element()));
    }
    return values;
  }
}
