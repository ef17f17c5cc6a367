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

    /**
     * The arguments are complete.
     *
     * @return whether to read on
     */
    boolean endCall();
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
  private int taken;
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

  /** How many characters have been read and told of. */
  int taken() {
    return taken;
  }

  /** Goes back to where arguments begin. */
  void rewind(int to) {
    held.setLength(0);
    taken = to;
    state = State.INPUT;
    depth = 0;
    quoted = false;
    escaped = false;
  }

  private String take(int end) {
    String text = held.substring(0, end);
    held.delete(0, end);
    taken += end;
    return text;
  }

  private boolean text() {
    int at = -1;
    int keep = 0;
    if (dialect != null) {
      for (String marker : dialect.markers()) {
        int found = held.indexOf(marker);
        at = found >= 0 && (at < 0 || found < at) ? found : at;
        keep = Math.max(keep, begun(marker));
      }
    }
    if (at >= 0) {
      String before = take(at);
      if (!before.isBlank()) {
        parts.text(before);
      }
      state = State.NAME;
      return true;
    }
    // Space before a call belongs to neither; it is kept until more shows what it is.
    int end = held.length() - keep;
    while (dialect != null && end > 0 && Character.isWhitespace(held.charAt(end - 1))) {
      end--;
    }
    show(end);
    return false;
  }

  /** How much of a marker the text so far ends with. */
  private int begun(String marker) {
    for (int n = marker.length() - 1; n > 0; n--) {
      int from = held.length() - n;
      if (from >= 0 && marker.startsWith(held.substring(from))) {
        return n;
      }
    }
    return 0;
  }

  private void show(int end) {
    String text = take(end);
    if (!text.isEmpty()) {
      parts.text(text);
    }
  }

  private boolean name() {
    int end = held.indexOf(dialect.middle());
    if (end < 0) {
      return false;
    }
    int begin = held.lastIndexOf(dialect.open(), end - 1) + dialect.open().length();
    String name = held.substring(begin, end);
    String unused = take(end + dialect.middle().length());
    parts.call(name);
    state = State.INPUT;
    return true;
  }

  private boolean input() {
    for (int i = 0; i < held.length(); i++) {
      if (closes(held.charAt(i))) {
        parts.input(take(i + 1));
        state = State.NAME;
        return parts.endCall();
      }
    }
    if (!held.isEmpty()) {
      parts.input(take(held.length()));
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
