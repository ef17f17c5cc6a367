package dev.outcrop.models.templates;

import java.util.List;

/** A part of a template that writes or sets something. */
interface Statement {
  /** What happens after it. */
  enum Next {
    GO_ON,
    BREAK,
    CONTINUE
  }

  Next render(Scope scope, Output out);

  /** Renders one after the other. */
  static Next all(List<Statement> body, Scope scope, Output out) {
    for (Statement statement : body) {
      scope.work.step();
      Next next = statement.render(scope, out);
      if (next != Next.GO_ON) {
        return next;
      }
    }
    return Next.GO_ON;
  }
}
