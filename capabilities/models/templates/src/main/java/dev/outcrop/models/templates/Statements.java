package dev.outcrop.models.templates;

import dev.outcrop.models.templates.Values.Arguments;
import dev.outcrop.models.templates.Values.Function;
import dev.outcrop.models.templates.Values.Lazy;
import dev.outcrop.models.templates.Values.Namespace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The kinds of statement. */
final class Statements {
  private Statements() {}

  record Text(String text) implements Statement {
    @Override
    public Next render(Scope scope, Output out) {
      out.append(text);
      return Next.GO_ON;
    }
  }

  record Print(Expression expression) implements Statement {
    @Override
    public Next render(Scope scope, Output out) {
      out.append(Python.text(expression.value(scope)));
      return Next.GO_ON;
    }
  }

  record Branch(Expression condition, List<Statement> body) {}

  /** The last branch of an if may have no condition. */
  record If(List<Branch> branches) implements Statement {
    @Override
    public Next render(Scope scope, Output out) {
      for (Branch branch : branches) {
        if (branch.condition == null || Python.truth(branch.condition.value(scope))) {
          return Statement.all(branch.body, scope, out);
        }
      }
      return Next.GO_ON;
    }
  }

  /** Break or continue. */
  record Jump(Next next) implements Statement {
    @Override
    public Next render(Scope scope, Output out) {
      return next;
    }
  }

  /** What is assigned to: names, or an attribute of a namespace. */
  record Target(List<String> names, String attribute, boolean unpack) {
    void assign(Scope scope, Object value) {
      if (attribute != null) {
        if (!(scope.get(names.getFirst()) instanceof Namespace(Map<String, Object> attributes))) {
          throw new TemplateException("only a namespace's attributes can be set");
        }
        attributes.put(attribute, value);
      } else if (unpack) {
        unpack(scope, value);
      } else {
        scope.set(names.getFirst(), value);
      }
    }

    private void unpack(Scope scope, Object value) {
      List<?> elements = Python.elements(value);
      if (elements.size() != names.size()) {
        throw new TemplateException(elements.size() + " values for " + names.size() + " names");
      }
      for (int i = 0; i < names.size(); i++) {
        scope.set(names.get(i), elements.get(i));
      }
    }
  }

  record Set(Target target, Expression expression) implements Statement {
    @Override
    public Next render(Scope scope, Output out) {
      target.assign(scope, expression.value(scope));
      return Next.GO_ON;
    }
  }

  record SetBlock(Target target, List<Statement> body) implements Statement {
    @Override
    public Next render(Scope scope, Output out) {
      Output inner = new Output();
      Statement.all(body, scope.inner(), inner);
      target.assign(scope, inner.toString());
      return Next.GO_ON;
    }
  }

  /** Renders its body as it is: the generation tag only marks a part for training. */
  record Body(List<Statement> body) implements Statement {
    @Override
    public Next render(Scope scope, Output out) {
      return Statement.all(body, scope.inner(), out);
    }
  }

  record Parameter(String name, Expression otherwise) {}

  record Macro(String name, List<Parameter> parameters, List<Statement> body) implements Statement {
    @Override
    public Next render(Scope scope, Output out) {
      scope.set(name, (Function) (_, arguments) -> call(scope, arguments));
      return Next.GO_ON;
    }

    private Object call(Scope definition, Arguments arguments) {
      String[] names = parameters.stream().map(Parameter::name).toArray(String[]::new);
      arguments.only(names.length, names);
      Scope scope = definition.inner();
      for (int i = 0; i < names.length; i++) {
        Parameter parameter = parameters.get(i);
        boolean given =
            i < arguments.positional().size() || arguments.named().containsKey(parameter.name);
        scope.set(
            parameter.name,
            given
                ? arguments.get(i, parameter.name, null)
                : parameter.otherwise == null
                    ? new Undefined(parameter.name)
                    : parameter.otherwise.value(scope));
      }
      Output out = new Output();
      scope.work.enter();
      Statement.all(body, scope, out);
      scope.work.leave();
      return out.toString();
    }
  }

  /** The condition may be null; it is checked before the loop counts its elements. */
  record For(
      Target target,
      Expression iterable,
      Expression condition,
      List<Statement> body,
      List<Statement> otherwise)
      implements Statement {
    @Override
    public Next render(Scope scope, Output out) {
      List<Object> elements = elements(scope);
      if (elements.isEmpty()) {
        return Statement.all(otherwise, scope.inner(), out);
      }
      for (int i = 0; i < elements.size(); i++) {
        Scope turn = scope.inner();
        turn.set("loop", Loop.at(elements, i));
        target.assign(turn, elements.get(i));
        if (Statement.all(body, turn, out) == Next.BREAK) {
          break;
        }
      }
      return Next.GO_ON;
    }

    private List<Object> elements(Scope scope) {
      Object value = iterable.value(scope);
      List<Object> kept = new ArrayList<>();
      for (Object element : Python.elements(value)) {
        scope.work.step();
        Object normal = element instanceof Lazy ? element : Python.normal(element);
        if (condition != null) {
          Scope trial = scope.inner();
          target.assign(trial, normal);
          if (!Python.truth(condition.value(trial))) {
            continue;
          }
        }
        kept.add(normal);
      }
      return kept;
    }
  }
}
