package dev.outcrop.protocoltests;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * XML in a plain form in which equal documents are equal: without namespaces and blanks, members
 * sorted by name, the elements of lists in their order.
 *
 * <p>The root of a REST-XML body that is made of members has no name here: Outcrop's one REST-XML
 * service, S3, has its own names for them, and no SDK looks at them. Query answers end in a request
 * id that the suite does not write down.
 */
final class SameXml {
  private SameXml() {}

  static String plain(byte[] document, Call call, boolean error) {
    Element root = parse(document);
    boolean members = call.suite() == Suite.REST_XML && call.binding().response().payload() == null;
    String name = members && !error ? "*" : root.getNodeName();
    return plain(root, name);
  }

  private static Element parse(byte[] document) {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new ByteArrayInputStream(document))
          .getDocumentElement();
    } catch (Exception e) {
      throw new AssertionError("not XML: " + new String(document), e);
    }
  }

  private static String plain(Element element, String name) {
    List<Element> children = children(element);
    String inside =
        children.isEmpty()
            ? element.getTextContent()
            : children.stream()
                .sorted(Comparator.comparing(Node::getNodeName))
                .filter(child -> !child.getNodeName().equals("ResponseMetadata"))
                .map(child -> plain(child, child.getNodeName()))
                .collect(Collectors.joining("\n", "\n", "\n"));
    return "<" + name + attributes(element) + ">" + inside + "</" + name + ">";
  }

  private static List<Element> children(Element element) {
    List<Element> children = new ArrayList<>();
    NodeList nodes = element.getChildNodes();
    for (int i = 0; i < nodes.getLength(); i++) {
      if (nodes.item(i) instanceof Element child) {
        children.add(child);
      }
    }
    return children;
  }

  private static String attributes(Element element) {
    var sorted = new TreeMap<String, String>();
    for (int i = 0; i < element.getAttributes().getLength(); i++) {
      Node attribute = element.getAttributes().item(i);
      if (!attribute.getNodeName().startsWith("xmlns")) {
        sorted.put(attribute.getNodeName(), attribute.getNodeValue());
      }
    }
    return sorted.isEmpty() ? "" : " " + sorted;
  }
}
