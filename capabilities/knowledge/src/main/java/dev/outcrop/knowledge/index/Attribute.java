package dev.outcrop.knowledge.index;

import java.util.List;
import software.amazon.awssdk.core.document.Document;

/** The value of a metadata attribute: the four types that filters know. */
public sealed interface Attribute {

  /** A string. */
  record Text(String value) implements Attribute {}

  /** A number. */
  record Number(double value) implements Attribute {}

  /** True or false. */
  record Flag(boolean value) implements Attribute {}

  /** A list of strings. */
  record Texts(List<String> values) implements Attribute {}

  /** As responses carry it; a number without a fraction stays an integer. */
  default Document document() {
    return switch (this) {
      case Text text -> Document.fromString(text.value());
      case Flag flag -> Document.fromBoolean(flag.value());
      case Texts texts ->
          Document.fromList(texts.values().stream().map(Document::fromString).toList());
      case Number number ->
          number.value() == Math.rint(number.value()) && Math.abs(number.value()) < 1e15
              ? Document.fromNumber((long) number.value())
              : Document.fromNumber(number.value());
    };
  }

  /**
   * Reads an attribute.
   *
   * @throws IllegalArgumentException when it is none of the four types
   */
  static Attribute of(Document value) {
    if (value != null && value.isString()) {
      return new Text(value.asString());
    }
    if (value != null && value.isBoolean()) {
      return new Flag(value.asBoolean());
    }
    if (value != null && value.isNumber()) {
      return new Number(value.asNumber().doubleValue());
    }
    if (value != null && value.isList() && value.asList().stream().allMatch(Document::isString)) {
      return new Texts(value.asList().stream().map(Document::asString).toList());
    }
    throw new IllegalArgumentException("must be a string, a number, a boolean or a string list");
  }
}
