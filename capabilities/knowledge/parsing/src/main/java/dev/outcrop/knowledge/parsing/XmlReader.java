package dev.outcrop.knowledge.parsing;

import java.io.IOException;
import java.io.InputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads XML event by event in flat memory. Nothing outside the file is ever fetched; a document
 * that declares entities is refused, so none is ever expanded.
 */
final class XmlReader implements AutoCloseable {
  private final InputStream in;
  private final ParsingLimits limits;
  private final XMLStreamReader xml;
  private int depth;

  XmlReader(InputStream in, ParsingLimits limits) throws IOException {
    this.in = in;
    this.limits = limits;
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty("jdk.xml.maxElementDepth", 0); // counted below, by our own limit
    factory.setXMLResolver(
        (publicId, systemId, base, namespace) -> {
          throw new XMLStreamException("external entities are not read");
        });
    try {
      xml = factory.createXMLStreamReader(in);
    } catch (XMLStreamException e) {
      throw broken(e);
    }
  }

  private static IOException broken(XMLStreamException e) {
    String message = e.getMessage() == null ? "" : e.getMessage();
    int end = message.indexOf("\nMessage: ");
    String what = end < 0 ? message : message.substring(end + 10);
    int line = e.getLocation() == null ? -1 : e.getLocation().getLineNumber();
    return new IOException("XML" + (line > 0 ? " line " + line : "") + ": " + what, e);
  }

  /** Goes to the next start, end or text; false at the end of the document. */
  boolean next() throws IOException {
    try {
      while (xml.hasNext()) {
        switch (xml.next()) {
          case XMLStreamConstants.START_ELEMENT -> {
            if (++depth > limits.depth()) {
              throw new Refusal(
                  "the document is nested more than " + limits.depth() + " levels deep");
            }
            return true;
          }
          case XMLStreamConstants.END_ELEMENT -> {
            depth--;
            return true;
          }
          case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
            return true;
          }
          case XMLStreamConstants.ENTITY_REFERENCE ->
              throw new Refusal(
                  "the document uses an entity that is not part of XML: " + xml.getLocalName());
          case XMLStreamConstants.DTD -> refuseEntities(xml.getText());
          default -> {}
        }
      }
      return false;
    } catch (XMLStreamException e) {
      throw broken(e);
    }
  }

  private static void refuseEntities(String declaration) {
    if (declaration != null && declaration.contains("<!ENTITY")) {
      throw new Refusal("the document declares XML entities, which are not read");
    }
  }

  boolean start() {
    return xml.isStartElement();
  }

  boolean end() {
    return xml.isEndElement();
  }

  /** The local name of the element that starts or ends. */
  String name() {
    return xml.getLocalName();
  }

  String text() {
    return xml.getText();
  }

  /** An attribute by its local name, whatever its namespace; null when there is none. */
  String attribute(String name) {
    for (int i = 0; i < xml.getAttributeCount(); i++) {
      if (xml.getAttributeLocalName(i).equals(name)) {
        return xml.getAttributeValue(i);
      }
    }
    return null;
  }

  /** The same for names that occur in more than one namespace: {@code r:id} beside {@code id}. */
  String attribute(String namespaceEnd, String name) {
    for (int i = 0; i < xml.getAttributeCount(); i++) {
      String namespace = xml.getAttributeNamespace(i);
      if (xml.getAttributeLocalName(i).equals(name)
          && namespace != null
          && namespace.endsWith(namespaceEnd)) {
        return xml.getAttributeValue(i);
      }
    }
    return null;
  }

  /** All text inside the element that has just started; ends behind it. */
  String content() throws IOException {
    StringBuilder text = new StringBuilder();
    int inside = depth;
    while (depth >= inside && next()) {
      if (!start() && !end()) {
        text.append(text());
      }
    }
    return text.toString();
  }

  /** Passes over the element that has just started. */
  void skip() throws IOException {
    int inside = depth;
    boolean more = true;
    while (more && depth >= inside) {
      more = next();
    }
  }

  @Override
  public void close() throws IOException {
    try {
      xml.close();
    } catch (XMLStreamException e) {
      throw broken(e);
    } finally {
      in.close();
    }
  }
}
