package dev.outcrop.protocoltests;

import dev.outcrop.protocoltests.Structures.Role;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.document.Document;
import software.amazon.smithy.model.Model;
import software.amazon.smithy.model.node.Node;
import software.amazon.smithy.model.node.ObjectNode;
import software.amazon.smithy.model.shapes.ListShape;
import software.amazon.smithy.model.shapes.MapShape;
import software.amazon.smithy.model.shapes.MemberShape;
import software.amazon.smithy.model.shapes.Shape;

/** Turns the parameters that a test case is written with into objects. */
final class Values {
  private final Model model;
  private final Structures structures;

  Values(Model model, Structures structures) {
    this.model = model;
    this.structures = structures;
  }

  /** An object of a structure's class; a stream among the members is left out. */
  ModelledObject object(Shape shape, Role role, ObjectNode params) {
    ModelledObject object = (ModelledObject) ShapeClasses.instance(structures.of(shape, role));
    params
        .getStringMap()
        .forEach(
            (name, node) -> {
              MemberShape member = shape.getMember(name).orElseThrow();
              if (structures.isField(member, role)) {
                object.set(name, value(node, model.expectShape(member.getTarget())));
              }
            });
    return object;
  }

  private Object value(Node node, Shape shape) {
    if (shape.isDocumentShape()) {
      return document(node);
    }
    if (node.isNullNode()) {
      return null;
    }
    return switch (shape.getType()) {
      case STRING, ENUM -> node.expectStringNode().getValue();
      case INTEGER, INT_ENUM -> number(node).intValueExact();
      case LONG -> number(node).longValueExact();
      case SHORT -> number(node).shortValueExact();
      case BYTE -> number(node).byteValueExact();
      case FLOAT -> (float) decimal(node);
      case DOUBLE -> decimal(node);
      case BIG_DECIMAL, BIG_INTEGER -> number(node);
      case BOOLEAN -> node.expectBooleanNode().getValue();
      case TIMESTAMP -> instant(number(node));
      case BLOB -> SdkBytes.fromUtf8String(node.expectStringNode().getValue());
      case LIST, SET -> list(node, ((ListShape) shape).getMember());
      case MAP -> map(node.expectObjectNode(), ((MapShape) shape).getValue());
      case STRUCTURE, UNION -> object(shape, Role.NESTED, node.expectObjectNode());
      default -> throw new IllegalArgumentException(shape.toString());
    };
  }

  private List<Object> list(Node node, MemberShape element) {
    List<Object> values = new ArrayList<>();
    Shape target = model.expectShape(element.getTarget());
    node.expectArrayNode().forEach(one -> values.add(value(one, target)));
    return values;
  }

  private Map<String, Object> map(ObjectNode node, MemberShape element) {
    Map<String, Object> values = new LinkedHashMap<>();
    Shape target = model.expectShape(element.getTarget());
    node.getStringMap().forEach((key, one) -> values.put(key, value(one, target)));
    return values;
  }

  private static BigDecimal number(Node node) {
    return new BigDecimal(node.expectNumberNode().getValue().toString());
  }

  // What JSON has no numbers for is written as strings.
  private static double decimal(Node node) {
    return node.isStringNode()
        ? Double.parseDouble(node.expectStringNode().getValue())
        : number(node).doubleValue();
  }

  private static Instant instant(BigDecimal seconds) {
    BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
    return Instant.ofEpochSecond(
        whole.longValueExact(), seconds.subtract(whole).movePointRight(9).longValue());
  }

  private static Document document(Node node) {
    return switch (node.getType()) {
      case NULL -> Document.fromNull();
      case STRING -> Document.fromString(node.expectStringNode().getValue());
      case BOOLEAN -> Document.fromBoolean(node.expectBooleanNode().getValue());
      case NUMBER -> Document.fromNumber(node.expectNumberNode().getValue().toString());
      case ARRAY ->
          Document.fromList(
              node.expectArrayNode().getElements().stream().map(Values::document).toList());
      case OBJECT -> {
        Map<String, Document> entries = new LinkedHashMap<>();
        node.expectObjectNode().getStringMap().forEach((k, v) -> entries.put(k, document(v)));
        yield Document.fromMap(entries);
      }
    };
  }
}
