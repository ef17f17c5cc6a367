package dev.outcrop.models.templates;

import dev.outcrop.models.templates.Statement.Next;
import dev.outcrop.models.templates.Token.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads statements; what is not known here is an error. */
final class StatementParser extends ExpressionParser {
  private final Set<String> assigned = new HashSet<>();
  private int loops;

  StatementParser(List<Token> tokens) {
    super(tokens);
  }

  /** The whole template. */
  List<Statement> template() {
    List<Statement> body = body(Set.of());
    if (!peek().is(Kind.END)) {
      throw error("unexpected end tag");
    }
    checkNames();
    return body;
  }

  /** A name that means something in Jinja but nothing here must not quietly be undefined. */
  private void checkNames() {
    for (String name : called) {
      if (!assigned.contains(name) && !Functions.GLOBALS.containsKey(name)) {
        throw new TemplateException("the function " + name + " is not supported");
      }
    }
    for (String name : read) {
      if (!assigned.contains(name) && Functions.UNSUPPORTED.contains(name)) {
        throw new TemplateException("the name " + name + " is not supported");
      }
    }
  }

  /** Statements up to a block that begins with one of these words; its begin is consumed. */
  private List<Statement> body(Set<String> ends) {
    List<Statement> body = new ArrayList<>();
    while (true) {
      Token token = peek();
      switch (token.kind()) {
        case END -> {
          if (!ends.isEmpty()) {
            throw error("expected one of " + ends);
          }
          return body;
        }
        case TEXT -> body.add(new Statements.Text(next().text()));
        case PRINT_BEGIN -> body.add(print());
        case BLOCK_BEGIN -> {
          Token begin = next();
          assert begin.is(Kind.BLOCK_BEGIN);
          if (ends.contains(peek().text())) {
            return body;
          }
          body.add(block());
        }
        default -> throw error("unexpected");
      }
    }
  }

  private Statement print() {
    Token begin = next();
    assert begin.is(Kind.PRINT_BEGIN);
    Expression expression = tuple(true);
    expect(Kind.PRINT_END);
    return new Statements.Print(expression);
  }

  private Statement block() {
    String word = expect(Kind.NAME).text();
    return switch (word) {
      case "if" -> conditional();
      case "for" -> loop();
      case "set" -> set();
      case "macro" -> macro();
      case "generation" -> generation();
      case "filter" -> filterBlock();
      case "break" -> jump(Next.BREAK);
      case "continue" -> jump(Next.CONTINUE);
      default -> throw error("the tag " + word + " is not supported");
    };
  }

  private Statement jump(Next next) {
    if (loops == 0) {
      throw error("a jump outside a loop");
    }
    end();
    return new Statements.Jump(next);
  }

  private void end() {
    expect(Kind.BLOCK_END);
  }

  private Statement conditional() {
    List<Statements.Branch> branches = new ArrayList<>();
    Expression condition = tuple(false);
    end();
    while (true) {
      List<Statement> body = body(Set.of("elif", "else", "endif"));
      branches.add(new Statements.Branch(condition, body));
      String word = next().text();
      if (word.equals("endif")) {
        end();
        return new Statements.If(branches);
      }
      if (condition == null) {
        throw error("a branch after else");
      }
      condition = word.equals("elif") ? tuple(false) : null;
      end();
    }
  }

  private Statement loop() {
    Statements.Target target = target(false);
    if (!takeName("in")) {
      throw error("expected 'in'");
    }
    Expression iterable = tuple(false);
    Expression condition = takeName("if") ? expression() : null;
    end();
    loops++;
    List<Statement> body = body(Set.of("else", "endfor"));
    loops--;
    List<Statement> otherwise = List.of();
    if (next().text().equals("else")) {
      end();
      otherwise = body(Set.of("endfor"));
      next();
    }
    end();
    return new Statements.For(target, iterable, condition, body, otherwise);
  }

  private Statements.Target target(boolean namespace) {
    boolean bracket = take("(");
    String first = expect(Kind.NAME).text();
    if (namespace && take(".")) {
      return new Statements.Target(List.of(first), expect(Kind.NAME).text(), false);
    }
    List<String> names = new ArrayList<>(List.of(first));
    boolean unpack = false;
    while (take(",")) {
      unpack = true;
      if (peek().is(Kind.NAME) && !peek().name("in")) {
        names.add(next().text());
      }
    }
    if (bracket) {
      expect(")");
    }
    assigned.addAll(names);
    return new Statements.Target(names, null, unpack);
  }

  private Statement set() {
    Statements.Target target = target(true);
    if (take("=")) {
      Expression value = tuple(true);
      end();
      return new Statements.Set(target, value);
    }
    end();
    List<Statement> body = inner("endset");
    return new Statements.SetBlock(target, body);
  }

  private Statement generation() {
    end();
    return new Statements.Body(inner("endgeneration"));
  }

  private Statement filterBlock() {
    Expression[] content = new Expression[1];
    Expression filtered = filter(scope -> content[0].value(scope));
    while (take("|")) {
      filtered = filter(filtered);
    }
    end();
    List<Statement> body = inner("endfilter");
    content[0] =
        scope -> {
          Output out = new Output();
          Statement.all(body, scope.inner(), out);
          return out.toString();
        };
    return new Statements.Print(filtered);
  }

  /** The body of a block up to its end tag; jumps don't reach out of it. */
  private List<Statement> inner(String endTag) {
    int outside = loops;
    loops = endTag.equals("endgeneration") ? loops : 0;
    List<Statement> body = body(Set.of(endTag));
    loops = outside;
    next();
    end();
    return body;
  }

  private Statement macro() {
    String name = expect(Kind.NAME).text();
    assigned.add(name);
    List<Statements.Parameter> parameters = new ArrayList<>();
    expect("(");
    while (!take(")")) {
      if (!parameters.isEmpty()) {
        expect(",");
      }
      String parameter = expect(Kind.NAME).text();
      assigned.add(parameter);
      parameters.add(new Statements.Parameter(parameter, take("=") ? expression() : null));
    }
    end();
    return new Statements.Macro(name, parameters, inner("endmacro"));
  }
}
