package dev.outcrop.wire.rest;

import dev.outcrop.wire.shape.Member;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;

/** Lists in headers: repeated headers, or one with commas in which strings may be quoted. */
final class HeaderLists {
  private HeaderLists() {}

  static List<String> split(List<String> headers, Member element) {
    List<String> values = new ArrayList<>();
    boolean dates = element.type() == MarshallingKnownType.INSTANT;
    for (String header : headers) {
      split(header, dates, values);
    }
    return values;
  }

  private static void split(String header, boolean dates, List<String> values) {
    StringBuilder value = new StringBuilder();
    boolean quoted = false;
    boolean first = true;
    for (int i = 0; i < header.length(); i++) {
      char c = header.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == '\\' && quoted && i + 1 < header.length()) {
        value.append(header.charAt(++i));
      } else if (c == ',' && !quoted) {
        // The comma after a day's name belongs to the date.
        if (dates
            && first
            && !value.isEmpty()
            && Character.isLetter(value.toString().strip().charAt(0))) {
          value.append(c);
          first = false;
        } else {
          values.add(value.toString().strip());
          value.setLength(0);
          first = true;
        }
      } else {
        value.append(c);
      }
    }
    values.add(value.toString().strip());
  }

  /** One header value of several, with quotes around texts that need them; dates have none. */
  static String join(List<String> values, Member element) {
    boolean texts = element.type() == MarshallingKnownType.STRING;
    StringBuilder joined = new StringBuilder();
    for (String value : values) {
      joined.append(joined.isEmpty() ? "" : ",").append(texts ? quoted(value) : value);
    }
    return joined.toString();
  }

  private static String quoted(String value) {
    boolean plain = value.indexOf(',') < 0 && value.indexOf('"') < 0;
    return plain ? value : '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
