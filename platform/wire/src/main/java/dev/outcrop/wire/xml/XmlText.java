package dev.outcrop.wire.xml;

import java.util.regex.Pattern;

/** Text being written as XML. */
public final class XmlText {
  private static final Pattern UNWRITABLE =
      Pattern.compile("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]");

  private final StringBuilder text = new StringBuilder(512);

  /** Starts a document. */
  public static XmlText document() {
    XmlText xml = new XmlText();
    xml.text.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    return xml;
  }

  /** Opens an element. */
  public XmlText open(String name) {
    text.append('<').append(name).append('>');
    return this;
  }

  /** Opens an element with a default namespace; an empty one is left out. */
  public XmlText open(String name, String namespace) {
    if (namespace == null || namespace.isEmpty()) {
      return open(name);
    }
    text.append('<').append(name).append(" xmlns=\"");
    escape(namespace);
    text.append("\">");
    return this;
  }

  /** Begins an element to which attributes are still to come. */
  XmlText begin(String name) {
    text.append('<').append(name);
    return this;
  }

  XmlText attribute(String name, String value) {
    text.append(' ').append(name).append("=\"");
    escape(value);
    text.append('"');
    return this;
  }

  XmlText begun() {
    text.append('>');
    return this;
  }

  /** Closes an element. */
  public XmlText close(String name) {
    text.append("</").append(name).append('>');
    return this;
  }

  /** Writes an element with text in it; null writes nothing. */
  public XmlText element(String name, String value) {
    return value == null ? this : open(name).characters(value).close(name);
  }

  /**
   * Writes an error's message; what no XML can hold, and only a caller can have sent, is replaced.
   */
  public XmlText message(String value) {
    return element(
        "Message", value == null ? null : UNWRITABLE.matcher(value).replaceAll("\uFFFD"));
  }

  /** Writes text. */
  public XmlText characters(String value) {
    escape(value);
    return this;
  }

  private void escape(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '&' -> text.append("&amp;");
        case '<' -> text.append("&lt;");
        case '>' -> text.append("&gt;");
        case '"' -> text.append("&quot;");
        default -> plain(c);
      }
    }
  }

  // Parsers would normalize these line ends; other control characters go as S3 sends them.
  private void plain(char c) {
    boolean control = c < 0x20 && c != '\n' && c != '\t' || c == 0x85 || c == 0x2028;
    if (control) {
      text.append("&#x").append(Integer.toHexString(c)).append(';');
    } else {
      text.append(c);
    }
  }

  /** The document in UTF-8. */
  public byte[] bytes() {
    return text.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }
}
