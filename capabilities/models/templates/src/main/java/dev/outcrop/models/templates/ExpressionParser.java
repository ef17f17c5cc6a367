package dev.outcrop.models.templates;

import dev.outcrop.models.templates.Token.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads expressions, with Jinja's precedence. */
class ExpressionParser extends TokenReader {
  private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");

  /** Names that are called; each must be a function or something the template sets. */
  final Set<String> called = new HashSet<>();

  /** Names that are read. */
  final Set<String> read = new HashSet<>();

  ExpressionParser(List<Token> tokens) {
    super(tokens);
  }

  /** One expression, or several with commas between as a tuple. */
  Expression tuple(boolean conditional) {
    Expression first = conditional ? expression() : or();
    if (!peek().operator(",")) {
      return first;
    }
    List<Expression> items = new ArrayList<>(List.of(first));
    while (take(",")) {
      if (peek().is(Kind.PRINT_END) || peek().is(Kind.BLOCK_END) || peek().operator(")")) {
        break;
      }
      items.add(conditional ? expression() : or());
    }
    return new Nodes.Items(items, true);
  }

  Expression expression() {
    Expression value = or();
    while (takeName("if")) {
      Expression condition = or();
      Expression otherwise = takeName("else") ? expression() : null;
      value = new Nodes.Choice(condition, value, otherwise);
    }
    return value;
  }

  private Expression or() {
    Expression left = and();
    while (takeName("or")) {
      left = new Nodes.Or(left, and());
    }
    return left;
  }

  private Expression and() {
    Expression left = not();
    while (takeName("and")) {
      left = new Nodes.And(left, not());
    }
    return left;
  }

  private Expression not() {
    return takeName("not") ? new Nodes.Not(not()) : comparison();
  }

  private Expression comparison() {
    Expression first = sum();
    List<Comparison.Step> steps = new ArrayList<>();
    for (String operator = comparator(); operator != null; operator = comparator()) {
      steps.add(new Comparison.Step(operator, sum()));
    }
    return steps.isEmpty() ? first : new Comparison(first, steps);
  }

  private String comparator() {
    if (peek().is(Kind.OPERATOR) && COMPARISONS.contains(peek().text())) {
      return next().text();
    }
    if (takeName("in")) {
      return "in";
    }
    if (peekNext().name("in") && takeName("not") && takeName("in")) {
      return "not in";
    }
    return null;
  }

  private Expression sum() {
    Expression left = concatenation();
    while (peek().operator("+") || peek().operator("-")) {
      left = new Nodes.Binary(next().text(), left, concatenation());
    }
    return left;
  }

  private Expression concatenation() {
    Expression first = product();
    if (!peek().operator("~")) {
      return first;
    }
    List<Expression> parts = new ArrayList<>(List.of(first));
    while (take("~")) {
      parts.add(product());
    }
    return new Nodes.Concatenation(parts);
  }

  private Expression product() {
    Expression left = power();
    while (List.of("*", "/", "//", "%").contains(peek().text()) && peek().is(Kind.OPERATOR)) {
      left = new Nodes.Binary(next().text(), left, power());
    }
    return left;
  }

  private Expression power() {
    Expression left = unary(true);
    while (take("**")) {
      left = new Nodes.Binary("**", left, unary(true));
    }
    return left;
  }

  private Expression unary(boolean filters) {
    Expression value;
    if (take("-")) {
      value = new Nodes.Binary("*", new Nodes.Constant(-1L), unary(false));
    } else if (take("+")) {
      value = new Nodes.Binary("*", new Nodes.Constant(1L), unary(false));
    } else {
      value = primary();
    }
    value = postfix(value);
    return filters ? filtersAndTests(value) : value;
  }

  private Expression primary() {
    Token token = peek();
    switch (token.kind()) {
      case NAME -> {
        return name(next().text());
      }
      case STRING -> {
        StringBuilder text = new StringBuilder();
        while (peek().is(Kind.STRING)) {
          text.append(next().text());
        }
        return new Nodes.Constant(text.toString());
      }
      case INTEGER -> {
        return new Nodes.Constant(Long.parseLong(next().text()));
      }
      case FLOAT -> {
        return new Nodes.Constant(Double.parseDouble(next().text()));
      }
      default -> {
        return bracketed();
      }
    }
  }

  private Expression name(String name) {
    switch (name) {
      case "true", "True" -> {
        return new Nodes.Constant(true);
      }
      case "false", "False" -> {
        return new Nodes.Constant(false);
      }
      case "none", "None" -> {
        return new Nodes.Constant(null);
      }
      default -> {
        if (peek().operator("(")) {
          called.add(name);
          return new Nodes.Call(name, arguments());
        }
        read.add(name);
        return new Nodes.Name(name);
      }
    }
  }

  private Expression bracketed() {
    if (take("(")) {
      if (take(")")) {
        return new Nodes.Items(List.of(), true);
      }
      Expression inside = tuple(true);
      expect(")");
      return inside;
    }
    if (take("[")) {
      return new Nodes.Items(list("]"), false);
    }
    if (take("{")) {
      return dict();
    }
    throw error("expected an expression");
  }

  private List<Expression> list(String end) {
    List<Expression> items = new ArrayList<>();
    while (!take(end)) {
      if (!items.isEmpty()) {
        expect(",");
        if (take(end)) {
          break;
        }
      }
      items.add(expression());
    }
    return items;
  }

  private Expression dict() {
    List<Nodes.Entry> entries = new ArrayList<>();
    while (!take("}")) {
      if (!entries.isEmpty()) {
        expect(",");
        if (take("}")) {
          break;
        }
      }
      Expression key = expression();
      expect(":");
      entries.add(new Nodes.Entry(key, expression()));
    }
    return new Nodes.Dict(entries);
  }

  private Expression postfix(Expression value) {
    Expression result = value;
    while (true) {
      if (take(".")) {
        result = dotted(result);
      } else if (take("[")) {
        result = subscript(result);
      } else if (peek().operator("(")) {
        throw error("only functions and methods can be called");
      } else {
        return result;
      }
    }
  }

  private Expression dotted(Expression of) {
    if (peek().is(Kind.INTEGER)) {
      return new Nodes.Item(of, new Nodes.Constant(Long.parseLong(next().text())));
    }
    String name = expect(Kind.NAME).text();
    if (!peek().operator("(")) {
      return new Nodes.Attribute(of, name);
    }
    if (!Methods.CALLABLE.contains(name)) {
      throw error("the method " + name + " is not supported");
    }
    return new Nodes.MethodCall(of, name, arguments());
  }

  private Expression subscript(Expression of) {
    Expression start = peek().operator(":") ? null : expression();
    if (take("]")) {
      return new Nodes.Item(of, start);
    }
    expect(":");
    Expression stop = peek().operator(":") || peek().operator("]") ? null : expression();
    Expression step = take(":") && !peek().operator("]") ? expression() : null;
    expect("]");
    return new Nodes.Slice(of, start, stop, step);
  }

  private Expression filtersAndTests(Expression value) {
    Expression result = value;
    while (true) {
      if (take("|")) {
        result = filter(result);
      } else if (takeName("is")) {
        result = test(result);
      } else if (peek().operator("(")) {
        throw error("only functions and methods can be called");
      } else {
        return result;
      }
    }
  }

  Expression filter(Expression of) {
    String name = expect(Kind.NAME).text();
    Nodes.Given given = peek().operator("(") ? arguments() : none();
    Filters.Filter filter = Filters.ALL.get(name);
    if (filter == null) {
      throw error("the filter " + name + " is not supported");
    }
    return new Nodes.Filtered(of, filter, given);
  }

  private Expression test(Expression of) {
    boolean negated = takeName("not");
    Token token = next();
    if (!token.is(Kind.NAME)) {
      throw error("expected the name of a test");
    }
    Checks.Check check = Checks.ALL.get(token.text());
    if (check == null) {
      throw error("the test " + token.text() + " is not supported");
    }
    Nodes.Given given = none();
    if (peek().operator("(")) {
      given = arguments();
    } else if (argumentFollows()) {
      given = new Nodes.Given(List.of(postfix(primary())), Map.of());
    }
    Expression tested = new Nodes.Tested(of, check, given);
    return negated ? new Nodes.Not(tested) : tested;
  }

  private boolean argumentFollows() {
    Token token = peek();
    return switch (token.kind()) {
      case STRING, INTEGER, FLOAT -> true;
      case NAME -> !Set.of("else", "or", "and", "is", "if", "in", "not").contains(token.text());
      case OPERATOR -> token.text().equals("[") || token.text().equals("{");
      default -> false;
    };
  }

  private static Nodes.Given none() {
    return new Nodes.Given(List.of(), Map.of());
  }

  Nodes.Given arguments() {
    expect("(");
    List<Expression> positional = new ArrayList<>();
    Map<String, Expression> named = new LinkedHashMap<>();
    while (!take(")")) {
      if (!positional.isEmpty() || !named.isEmpty()) {
        expect(",");
        if (take(")")) {
          break;
        }
      }
      if (peek().operator("*") || peek().operator("**")) {
        throw error("unpacked arguments are not supported");
      }
      if (peek().is(Kind.NAME) && peekNext().operator("=")) {
        String name = next().text();
        expect("=");
        named.put(name, expression());
      } else if (!named.isEmpty()) {
        throw error("an argument without a name after one with");
      } else {
        positional.add(expression());
      }
    }
    return new Nodes.Given(positional, named);
  }
}
