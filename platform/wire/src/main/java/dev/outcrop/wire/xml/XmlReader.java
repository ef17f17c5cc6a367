package dev.outcrop.wire.xml;

import dev.outcrop.wire.RefusedException;
import dev.outcrop.wire.shape.Member;
import dev.outcrop.wire.shape.Shape;
import dev.outcrop.wire.shape.TextValues;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import software.amazon.awssdk.core.SdkPojo;

/** Reads SDK objects from XML elements; unknown elements are skipped, document types refused. */
public final class XmlReader {
  private static final int MAX_DEPTH = 100;
  private static final XMLInputFactory FACTORY = factory();

  private final XMLStreamReader in;
  private int depth;

  private XmlReader(XMLStreamReader in) {
    this.in = in;
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    return factory;
  }

  /** Reads the members of the root element, whatever its name. */
  public static void read(byte[] document, SdkPojo builder, Shape shape) {
    parse(
        document,
        reader -> {
          reader.structure(builder, shape);
          return builder;
        });
  }

  /** Reads the root element as one value. */
  public static Object read(byte[] document, Member member) {
    return parse(document, reader -> reader.value(member));
  }

  private interface Parse {
    Object from(XmlReader reader) throws XMLStreamException;
  }

  private static Object parse(byte[] document, Parse parse) {
    try {
      XMLStreamReader in = FACTORY.createXMLStreamReader(new ByteArrayInputStream(document));
      try {
        while (in.next() != XMLStreamConstants.START_ELEMENT) {
          if (in.getEventType() == XMLStreamConstants.DTD) {
            throw malformed("document types are not taken");
          }
        }
        Object read = parse.from(new XmlReader(in));
        while (in.hasNext()) {
          in.next();
        }
        return read;
      } finally {
        in.close();
      }
    } catch (XMLStreamException e) {
      throw malformed(e.getLocation() == null ? "" : "line " + e.getLocation().getLineNumber());
    } catch (RefusedException e) {
      throw e;
    } catch (RuntimeException e) {
      // The JDK's parser has been seen to throw others than its own on broken input.
      throw malformed("unreadable");
    }
  }

  private static RefusedException malformed(String why) {
    return RefusedException.serialization("The XML body is malformed: " + why);
  }

  // Each method is called at a START_ELEMENT and returns at its END_ELEMENT.
  private void structure(SdkPojo builder, Shape shape) throws XMLStreamException {
    enter();
    attributes(builder, shape);
    Map<Member, List<Object>> lists = new LinkedHashMap<>();
    Map<Member, Map<String, Object>> maps = new LinkedHashMap<>();
    while (nextElement()) {
      Member member = shape.bodyMember(in.getLocalName());
      if (member == null) {
        skip();
      } else if (member.list() != null && member.list().isFlattened()) {
        lists.computeIfAbsent(member, _ -> new ArrayList<>()).add(value(member.element()));
      } else if (member.map() != null && member.map().isFlattened()) {
        entry(member, maps.computeIfAbsent(member, _ -> new LinkedHashMap<>()));
      } else {
        member.set(builder, value(member));
      }
    }
    lists.forEach((member, values) -> member.set(builder, values));
    maps.forEach((member, values) -> member.set(builder, values));
    depth--;
  }

  private void enter() {
    if (++depth > MAX_DEPTH) {
      throw malformed("nested deeper than " + MAX_DEPTH);
    }
  }

  private void attributes(SdkPojo builder, Shape shape) {
    for (int i = 0; i < in.getAttributeCount(); i++) {
      String prefix = in.getAttributePrefix(i);
      String local = in.getAttributeLocalName(i);
      String name = prefix == null || prefix.isEmpty() ? local : prefix + ":" + local;
      Member member = shape.bodyMember(name);
      if (member != null && member.attribute()) {
        member.set(builder, TextValues.parse(in.getAttributeValue(i), member));
      }
    }
  }

  private boolean nextElement() throws XMLStreamException {
    while (true) {
      int event = in.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        return true;
      }
      if (event == XMLStreamConstants.END_ELEMENT) {
        return false;
      }
    }
  }

  private void skip() throws XMLStreamException {
    for (int open = 1; open > 0; ) {
      int event = in.next();
      open += event == XMLStreamConstants.START_ELEMENT ? 1 : 0;
      open -= event == XMLStreamConstants.END_ELEMENT ? 1 : 0;
    }
  }

  private Object value(Member member) throws XMLStreamException {
    return switch (member.type()) {
      case SDK_POJO -> {
        SdkPojo builder = member.newBuilder();
        structure(builder, member.shape());
        yield Shape.build(builder);
      }
      case LIST -> list(member);
      case MAP -> map(member);
      default -> TextValues.parse(in.getElementText(), member);
    };
  }

  private List<Object> list(Member member) throws XMLStreamException {
    enter();
    List<Object> values = new ArrayList<>();
    while (nextElement()) {
      values.add(value(member.element()));
    }
    depth--;
    return values;
  }

  private Map<String, Object> map(Member member) throws XMLStreamException {
    enter();
    Map<String, Object> values = new LinkedHashMap<>();
    while (nextElement()) {
      entry(member, values);
    }
    depth--;
    return values;
  }

  private void entry(Member member, Map<String, Object> values) throws XMLStreamException {
    String key = null;
    Object value = null;
    while (nextElement()) {
      if (in.getLocalName().equals(Names.key(member))) {
        key = in.getElementText();
      } else if (in.getLocalName().equals(Names.value(member))) {
        value = value(member.element());
      } else {
        skip();
      }
    }
    if (key == null) {
      throw malformed("an entry without a key");
    }
    values.put(key, value);
  }
}
