package dev.outcrop.models.recordings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.regex.Pattern;

/**
 * Takes out what looks like a key or token: by the name of its field, or by the forms that known
 * services give theirs. Outcrop's own keys and those of providers travel in headers, which are
 * never recorded; this is for what people put into prompts and fields.
 */
final class Secrets {
  static final String MASK = "(secret)";

  private static final Pattern NAME =
      Pattern.compile(
          "(?i)(.*[_-])?(api[_-]?key|authorization|secret([_-]?(access)?[_-]?key)?|password"
              + "|(access|auth|session|security|bearer)[_-]?token)");

  private static final Pattern VALUE =
      Pattern.compile(
          "\\bsk-[A-Za-z0-9_-]{16,}"
              + "|\\b(?:AKIA|ASIA)[A-Z0-9]{16}\\b"
              + "|\\bgh[pousr]_[A-Za-z0-9]{30,}"
              + "|\\bxox[abprs]-[A-Za-z0-9-]{10,}"
              + "|\\bhf_[A-Za-z0-9]{30,}"
              + "|\\bAIza[A-Za-z0-9_-]{30,}"
              + "|\\bbedrock-api-key-[A-Za-z0-9+/=_-]{16,}"
              + "|\\beyJ[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{5,}"
              + "|(?<=Bearer )[A-Za-z0-9._~+/=-]{16,}"
              + "|-----BEGIN [A-Z ]*PRIVATE KEY-----[\\s\\S]*?-----END [A-Z ]*PRIVATE KEY-----");

  private Secrets() {}

  /** Whether a field of this name has a secret in it. */
  static boolean named(String field) {
    return NAME.matcher(field).matches();
  }

  static String masked(String text) {
    return text.length() < 16 ? text : VALUE.matcher(text).replaceAll(MASK);
  }

  /** Takes secrets out of all texts in place. */
  static void mask(JsonNode node) {
    if (node instanceof ObjectNode object) {
      for (var field : object.properties()) {
        if (field.getValue().isTextual()) {
          String text = field.getValue().textValue();
          field.setValue(TextNode.valueOf(named(field.getKey()) ? MASK : masked(text)));
        } else {
          mask(field.getValue());
        }
      }
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        if (array.get(i).isTextual()) {
          array.set(i, TextNode.valueOf(masked(array.get(i).textValue())));
        } else {
          mask(array.get(i));
        }
      }
    }
  }
}
