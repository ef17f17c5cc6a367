package dev.outcrop.models.templates;

import dev.outcrop.models.templates.Values.Tuple;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Quoted text: Python's {@code repr} of strings and its {@code json.dumps}. */
final class Quoted {
  private Quoted() {}

  /** A Python string literal. */
  static String python(String text) {
    char quote = text.contains("'") && !text.contains("\"") ? '"' : '\'';
    StringBuilder out = new StringBuilder().append(quote);
    text.codePoints().forEach(c -> python(out, c, quote));
    return out.append(quote).toString();
  }

  private static void python(StringBuilder out, int c, char quote) {
    if (c == quote || c == '\\') {
      out.append('\\').append((char) c);
    } else if (c == '\n') {
      out.append("\\n");
    } else if (c == '\r') {
      out.append("\\r");
    } else if (c == '\t') {
      out.append("\\t");
    } else if (c == ' ' || printable(c)) {
      out.appendCodePoint(c);
    } else if (c < 0x100) {
      out.append("\\x%02x".formatted(c));
    } else {
      out.append((c < 0x10000 ? "\\u%04x" : "\\U%08x").formatted(c));
    }
  }

  private static boolean printable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SPACE_SEPARATOR ->
          false;
      default -> true;
    };
  }

  /** How {@code json.dumps} is asked to write. */
  record JsonStyle(String indent, String comma, String colon, boolean ascii, boolean sorted) {}

  /** What {@code json.dumps(value)} gives. */
  static String json(Object value, JsonStyle style) {
    StringBuilder out = new StringBuilder();
    json(out, value, style, "\n");
    return out.toString();
  }

  private static void json(StringBuilder out, Object value, JsonStyle style, String newline) {
    switch (value) {
      case null -> out.append("null");
      case Boolean b -> out.append(b);
      case Long n -> out.append(n);
      case Integer n -> out.append(n);
      case Double n -> out.append(jsonReal(n));
      case String s -> jsonText(out, s, style.ascii);
      case Map<?, ?> map -> {
        List<Runnable> entries = new ArrayList<>();
        String inner = style.indent == null ? "" : newline + style.indent;
        for (Map.Entry<?, ?> e : entries(map, style)) {
          entries.add(
              () -> {
                jsonText(out, key(e.getKey()), style.ascii);
                out.append(style.colon);
                json(out, e.getValue(), style, inner);
              });
        }
        bracket(out, "{}", entries, style, newline);
      }
      case List<?> list when Values.plainList(list) || list instanceof Tuple -> {
        List<Runnable> entries = new ArrayList<>();
        String inner = style.indent == null ? "" : newline + style.indent;
        for (Object item : list) {
          entries.add(() -> json(out, item, style, inner));
        }
        bracket(out, "[]", entries, style, newline);
      }
      default -> throw new TemplateException(Values.kind(value) + " is not JSON serializable");
    }
  }

  private static void bracket(
      StringBuilder out, String ends, List<Runnable> entries, JsonStyle style, String newline) {
    out.append(ends.charAt(0));
    for (int i = 0; i < entries.size(); i++) {
      out.append(i == 0 ? "" : style.comma);
      if (style.indent != null) {
        out.append(newline).append(style.indent);
      }
      entries.get(i).run();
    }
    if (style.indent != null && !entries.isEmpty()) {
      out.append(newline);
    }
    out.append(ends.charAt(1));
  }

  private static List<Map.Entry<?, ?>> entries(Map<?, ?> map, JsonStyle style) {
    List<Map.Entry<?, ?>> entries = new ArrayList<>(map.entrySet());
    if (style.sorted) {
      entries.sort(Comparator.comparing(Map.Entry::getKey, Python::compare));
    }
    return entries;
  }

  private static String key(Object key) {
    return switch (key) {
      case null -> "null";
      case String s -> s;
      case Boolean b -> b.toString();
      case Long n -> n.toString();
      case Double n -> jsonReal(n);
      default -> throw new TemplateException("a dict key that is no JSON key");
    };
  }

  private static String jsonReal(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    return Double.isInfinite(value) ? (value > 0 ? "Infinity" : "-Infinity") : Python.real(value);
  }

  private static void jsonText(StringBuilder out, String text, boolean ascii) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int known = "\"\\\n\r\t\b\f".indexOf(c);
      if (known >= 0) {
        out.append('\\').append("\"\\nrtbf".charAt(known));
      } else if (c < 0x20 || (ascii && c > 0x7e)) {
        out.append("\\u%04x".formatted((int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
