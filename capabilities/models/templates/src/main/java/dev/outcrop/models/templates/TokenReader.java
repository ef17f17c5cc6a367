package dev.outcrop.models.templates;

import dev.outcrop.models.templates.Token.Kind;
import java.util.List;

/** Goes through tokens. */
class TokenReader {
  private final List<Token> tokens;
  private int position;

  TokenReader(List<Token> tokens) {
    this.tokens = tokens;
  }

  Token peek() {
    return tokens.get(position);
  }

  Token peekNext() {
    return tokens.get(Math.min(position + 1, tokens.size() - 1));
  }

  Token next() {
    return tokens.get(position++);
  }

  boolean take(String operator) {
    boolean found = peek().operator(operator);
    position += found ? 1 : 0;
    return found;
  }

  boolean takeName(String name) {
    boolean found = peek().name(name);
    position += found ? 1 : 0;
    return found;
  }

  void expect(String operator) {
    if (!take(operator)) {
      throw error("expected '" + operator + "'");
    }
  }

  Token expect(Kind kind) {
    if (!peek().is(kind)) {
      throw error("expected " + kind);
    }
    return next();
  }

  TemplateException error(String message) {
    Token token = peek();
    return new TemplateException(
        "line " + token.line() + ": " + message + ", found " + token.kind() + " " + token.text());
  }
}
