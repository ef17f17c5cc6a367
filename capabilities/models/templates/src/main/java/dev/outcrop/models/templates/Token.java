package dev.outcrop.models.templates;

/**
 * A piece of a template's source.
 *
 * @param text for strings and text, what they stand for
 */
record Token(Kind kind, String text, int line) {
  enum Kind {
    TEXT,
    BLOCK_BEGIN,
    BLOCK_END,
    PRINT_BEGIN,
    PRINT_END,
    NAME,
    STRING,
    INTEGER,
    FLOAT,
    OPERATOR,
    END
  }

  boolean is(Kind other) {
    return kind == other;
  }

  boolean operator(String symbol) {
    return kind == Kind.OPERATOR && text.equals(symbol);
  }

  boolean name(String name) {
    return kind == Kind.NAME && text.equals(name);
  }
}
