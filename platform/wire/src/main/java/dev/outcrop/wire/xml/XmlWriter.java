package dev.outcrop.wire.xml;

import dev.outcrop.wire.shape.Member;
import dev.outcrop.wire.shape.Shape;
import dev.outcrop.wire.shape.TextValues;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.TimestampFormatTrait.Format;

/** Writes SDK objects as XML elements. */
public final class XmlWriter {
  private static final String SCHEMA_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance";

  private final XmlText xml;

  public XmlWriter(XmlText xml) {
    this.xml = xml;
  }

  /** Writes the parts of the body as elements. */
  public void members(SdkPojo pojo, Shape shape) {
    for (Member member : shape.body()) {
      Object value = member.attribute() ? null : member.get(pojo);
      if (value != null) {
        value(member.writeName().getValue(), value, member);
      }
    }
  }

  /** Writes one value under a name. */
  public void value(String name, Object value, Member member) {
    switch (member.type()) {
      case SDK_POJO -> structure(name, (SdkPojo) value, member.shape());
      case LIST -> list(name, (List<?>) value, member);
      case MAP -> map(name, (Map<?, ?>) value, member);
      default -> xml.element(name, TextValues.text(value, member, Format.ISO_8601));
    }
  }

  private void structure(String name, SdkPojo pojo, Shape shape) {
    xml.begin(name);
    for (Member member : shape.body()) {
      Object value = member.attribute() ? member.get(pojo) : null;
      if (value != null) {
        String attribute = member.writeName().getValue();
        if (attribute.startsWith("xsi:")) {
          xml.attribute("xmlns:xsi", SCHEMA_INSTANCE);
        }
        xml.attribute(attribute, TextValues.text(value, member, Format.ISO_8601));
      }
    }
    xml.begun();
    members(pojo, shape);
    xml.close(name);
  }

  private void list(String name, List<?> values, Member member) {
    boolean flat = member.list().isFlattened();
    String elementName = flat ? name : Names.element(member);
    if (!flat) {
      xml.open(name);
    }
    for (Object value : values) {
      if (value == null) {
        xml.open(elementName).close(elementName);
      } else {
        value(elementName, value, member.element());
      }
    }
    if (!flat) {
      xml.close(name);
    }
  }

  private void map(String name, Map<?, ?> values, Member member) {
    boolean flat = member.map().isFlattened();
    String entryName = flat ? name : "entry";
    if (!flat) {
      xml.open(name);
    }
    values.forEach(
        (key, value) -> {
          xml.open(entryName).element(Names.key(member), (String) key);
          if (value != null) {
            value(Names.value(member), value, member.element());
          }
          xml.close(entryName);
        });
    if (!flat) {
      xml.close(name);
    }
  }
}
