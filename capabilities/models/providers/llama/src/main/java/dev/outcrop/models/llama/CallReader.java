package dev.outcrop.models.llama;

/**
 * Takes an answer apart into text and calls of tools. From the marker on the answer follows the
 * grammar, so its shape is known; nothing that belongs to a call is shown as text.
 */
final class CallReader {
  /** Where the parts go. */
  interface Parts {
    void text(String more);

    void call(String name);

    void input(String more);

    void endCall();
  }

  private enum State {
    TEXT,
    NAME,
    INPUT
  }

  private final Dialect dialect;
  private final Parts parts;
  private final StringBuilder held = new StringBuilder();
  private State state = State.TEXT;
  private int depth;
  private boolean quoted;
  private boolean escaped;

  /**
   * @param dialect null when there are no tools
   */
  CallReader(Dialect dialect, Parts parts) {
    this.dialect = dialect;
    this.parts = parts;
  }

  void add(String more) {
    held.append(more);
    boolean progress = true;
    while (progress) {
      progress =
          switch (state) {
            case TEXT -> text();
            case NAME -> name();
            case INPUT -> input();
          };
    }
  }

  /** Nothing more comes: shows what was held back, unless it is the beginning of a call. */
  void end() {
    if (state == State.TEXT) {
      show(held.length());
    }
  }

  private boolean text() {
    int at = dialect == null ? -1 : held.indexOf(dialect.marker());
    if (at >= 0) {
      show(at);
      state = State.NAME;
      return true;
    }
    int keep = 0;
    for (int n = dialect == null ? 0 : dialect.marker().length() - 1; n > 0 && keep == 0; n--) {
      int from = held.length() - n;
      keep = from >= 0 && dialect.marker().startsWith(held.substring(from)) ? n : 0;
    }
    // Space before a call belongs to neither; it is kept until more shows what it is.
    int end = held.length() - keep;
    while (dialect != null && end > 0 && Character.isWhitespace(held.charAt(end - 1))) {
      end--;
    }
    show(end);
    return false;
  }

  private void show(int end) {
    String text = held.substring(0, end);
    held.delete(0, end);
    boolean call = dialect != null && held.indexOf(dialect.marker()) == 0;
    if (!text.isEmpty() && !(call && text.isBlank())) {
      parts.text(text);
    }
  }

  private boolean name() {
    int end = held.indexOf(dialect.middle());
    if (end < 0) {
      return false;
    }
    int begin = held.lastIndexOf("\"", end - 1) + 1;
    parts.call(held.substring(begin, end));
    held.delete(0, end + dialect.middle().length());
    state = State.INPUT;
    return true;
  }

  private boolean input() {
    for (int i = 0; i < held.length(); i++) {
      if (closes(held.charAt(i))) {
        parts.input(held.substring(0, i + 1));
        parts.endCall();
        held.delete(0, i + 1);
        state = State.NAME;
        return true;
      }
    }
    if (!held.isEmpty()) {
      parts.input(held.toString());
      held.setLength(0);
    }
    return false;
  }

  /** Whether the arguments, an object, end with this character. */
  private boolean closes(char c) {
    if (quoted) {
      quoted = escaped || c != '"';
      escaped = !escaped && c == '\\';
      return false;
    }
    switch (c) {
      case '"' -> quoted = true;
      case '{', '[' -> depth++;
      case '}', ']' -> depth--;
      default -> {
        // Part of a number or a word.
      }
    }
    return depth == 0 && c == '}';
  }
}
