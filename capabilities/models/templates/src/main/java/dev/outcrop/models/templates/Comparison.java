package dev.outcrop.models.templates;

import java.util.List;

/** {@code a < b <= c}: each operator between neighbours, all must hold. */
record Comparison(Expression first, List<Step> steps) implements Expression {
  record Step(String operator, Expression operand) {}

  @Override
  public Object value(Scope scope) {
    Object left = first.value(scope);
    for (Step step : steps) {
      Object right = step.operand.value(scope);
      if (!holds(step.operator, left, right)) {
        return false;
      }
      left = right;
    }
    return true;
  }

  static boolean holds(String operator, Object a, Object b) {
    return switch (operator) {
      case "==" -> Python.equal(a, b);
      case "!=" -> !Python.equal(a, b);
      case "in" -> Python.contains(b, a);
      case "not in" -> !Python.contains(b, a);
      case "<" -> Python.compare(a, b) < 0;
      case "<=" -> Python.compare(a, b) <= 0;
      case ">" -> Python.compare(a, b) == 1 || Python.compare(b, a) < 0;
      case ">=" -> Python.compare(b, a) <= 0;
      default -> throw new TemplateException("no operator " + operator);
    };
  }
}
