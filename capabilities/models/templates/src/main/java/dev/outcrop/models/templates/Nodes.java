package dev.outcrop.models.templates;

import dev.outcrop.models.templates.Values.Arguments;
import dev.outcrop.models.templates.Values.Function;
import dev.outcrop.models.templates.Values.Markup;
import dev.outcrop.models.templates.Values.Namespace;
import dev.outcrop.models.templates.Values.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The kinds of expression. */
final class Nodes {
  private Nodes() {}

  record Constant(Object constant) implements Expression {
    @Override
    public Object value(Scope scope) {
      return constant;
    }
  }

  record Name(String name) implements Expression {
    @Override
    public Object value(Scope scope) {
      return Python.normal(scope.get(name));
    }
  }

  record Items(List<Expression> items, boolean tuple) implements Expression {
    @Override
    public Object value(Scope scope) {
      List<Object> values = new ArrayList<>();
      items.forEach(i -> values.add(i.value(scope)));
      return tuple ? new Tuple(values) : values;
    }
  }

  record Entry(Expression key, Expression value) {}

  record Dict(List<Entry> entries) implements Expression {
    @Override
    public Object value(Scope scope) {
      Map<Object, Object> map = new LinkedHashMap<>();
      entries.forEach(e -> map.put(key(e.key.value(scope)), e.value.value(scope)));
      return map;
    }

    /** In Python 1, 1.0 and True are the same key. */
    private static Object key(Object key) {
      if (key == null || key instanceof String || key instanceof Long) {
        return key;
      }
      throw new TemplateException("a dict key of type " + Values.kind(key) + " is not supported");
    }
  }

  record Attribute(Expression of, String name) implements Expression {
    @Override
    public Object value(Scope scope) {
      return Attributes.attribute(of.value(scope), name);
    }
  }

  record Item(Expression of, Expression key) implements Expression {
    @Override
    public Object value(Scope scope) {
      return Attributes.item(of.value(scope), key.value(scope));
    }
  }

  /** Bounds that are not given are null. */
  record Slice(Expression of, Expression start, Expression stop, Expression step)
      implements Expression {
    @Override
    public Object value(Scope scope) {
      return Attributes.slice(
          of.value(scope), bound(start, scope), bound(stop, scope), bound(step, scope));
    }

    private static Object bound(Expression bound, Scope scope) {
      return bound == null ? null : bound.value(scope);
    }
  }

  record Given(List<Expression> positional, Map<String, Expression> named) {
    Arguments values(Scope scope) {
      List<Object> values = new ArrayList<>();
      positional.forEach(e -> values.add(e.value(scope)));
      Map<String, Object> byName = new LinkedHashMap<>();
      named.forEach((k, v) -> byName.put(k, v.value(scope)));
      return new Arguments(values, byName);
    }
  }

  record Call(String name, Given given) implements Expression {
    @Override
    public Object value(Scope scope) {
      scope.work.step();
      return switch (scope.get(name)) {
        case Function f -> f.call(scope, given.values(scope));
        case Undefined u -> throw u.error();
        case Object other ->
            throw new TemplateException(name + " is a " + Values.kind(other) + ", not callable");
      };
    }
  }

  record MethodCall(Expression of, String name, Given given) implements Expression {
    @Override
    public Object value(Scope scope) {
      scope.work.step();
      Object target = of.value(scope);
      if (target instanceof Namespace && Attributes.attribute(target, name) instanceof Function f) {
        return f.call(scope, given.values(scope));
      }
      return Methods.call(target, name, given.values(scope));
    }
  }

  record Filtered(Expression of, Filters.Filter filter, Given given) implements Expression {
    @Override
    public Object value(Scope scope) {
      Object value = of.value(scope);
      if (value instanceof Markup) {
        throw new TemplateException("a filter on a text marked safe is not supported");
      }
      return Python.normal(filter.apply(scope, value, given.values(scope)));
    }
  }

  record Tested(Expression of, Checks.Check check, Given given) implements Expression {
    @Override
    public Object value(Scope scope) {
      return check.holds(of.value(scope), given.values(scope));
    }
  }

  record Not(Expression of) implements Expression {
    @Override
    public Object value(Scope scope) {
      return !Python.truth(of.value(scope));
    }
  }

  /** Both answer one of their operands, as in Python. */
  record And(Expression left, Expression right) implements Expression {
    @Override
    public Object value(Scope scope) {
      Object value = left.value(scope);
      return Python.truth(value) ? right.value(scope) : value;
    }
  }

  record Or(Expression left, Expression right) implements Expression {
    @Override
    public Object value(Scope scope) {
      Object value = left.value(scope);
      return Python.truth(value) ? value : right.value(scope);
    }
  }

  /** The last part may be null: then the value is undefined. */
  record Choice(Expression condition, Expression yes, Expression no) implements Expression {
    @Override
    public Object value(Scope scope) {
      if (Python.truth(condition.value(scope))) {
        return yes.value(scope);
      }
      return no == null ? new Undefined("an if without else") : no.value(scope);
    }
  }

  record Binary(String operator, Expression left, Expression right) implements Expression {
    @Override
    public Object value(Scope scope) {
      return Operators.apply(operator, left.value(scope), right.value(scope));
    }
  }

  record Concatenation(List<Expression> parts) implements Expression {
    @Override
    public Object value(Scope scope) {
      Output out = new Output();
      parts.forEach(p -> out.append(Python.text(p.value(scope))));
      return out.toString();
    }
  }
}
