package dev.outcrop.models.openai;

/** A call of a tool whose arguments are still coming. */
final class ToolCall {

  private final int index;
  private String id;
  private String name;
  private final StringBuilder unsent = new StringBuilder();
  private int depth;
  private boolean any;
  private boolean object;
  private boolean quoted;
  private boolean escaped;

  /** Whether it was sent to its end. */
  boolean closed;

  ToolCall(int index) {
    this.index = index;
  }

  int index() {
    return index;
  }

  String id() {
    return id;
  }

  String name() {
    return name;
  }

  /** Both come once; servers that repeat them change nothing. */
  void identify(String newId, String newName) {
    id = id == null || id.isEmpty() ? newId : id;
    name = name == null || name.isEmpty() ? newName : name;
  }

  void add(String arguments) {
    unsent.append(arguments);
    for (int i = 0; i < arguments.length(); i++) {
      scan(arguments.charAt(i));
    }
  }

  /** What was added since the last time. */
  String take() {
    String taken = unsent.toString();
    unsent.setLength(0);
    return taken;
  }

  /** Follows strings and brackets only, which is enough to know where an object ends. */
  private void scan(char c) {
    if (!any && !Character.isWhitespace(c)) {
      any = true;
      object = c == '{';
    }
    if (escaped) {
      escaped = false;
    } else if (quoted) {
      escaped = c == '\\';
      quoted = c != '"';
    } else if (c == '"') {
      quoted = true;
    } else if (c == '{' || c == '[') {
      depth++;
    } else if (c == '}' || c == ']') {
      depth--;
    }
  }

  /** Whether there were no arguments. */
  boolean empty() {
    return !any;
  }

  /** Whether the arguments are a whole object. */
  boolean complete() {
    return object && depth == 0 && !quoted;
  }
}
