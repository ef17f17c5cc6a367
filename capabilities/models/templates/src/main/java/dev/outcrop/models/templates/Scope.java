package dev.outcrop.models.templates;

import java.util.HashMap;
import java.util.Map;

/** Variables: those of a loop's turn or a macro's call, then those around it. */
final class Scope {
  final Work work;
  private final Scope outer;
  private final Map<String, Object> variables = new HashMap<>();

  private Scope(Scope outer, Work work) {
    this.outer = outer;
    this.work = work;
  }

  static Scope root(Map<String, ?> variables, Work work) {
    Scope globals = new Scope(null, work);
    globals.variables.putAll(Functions.GLOBALS);
    Scope root = new Scope(globals, work);
    root.variables.putAll(variables);
    return root;
  }

  Scope inner() {
    return new Scope(this, work);
  }

  Object get(String name) {
    for (Scope scope = this; scope != null; scope = scope.outer) {
      if (scope.variables.containsKey(name)) {
        return scope.variables.get(name);
      }
    }
    return new Undefined(name);
  }

  void set(String name, Object value) {
    variables.put(name, value);
  }
}
