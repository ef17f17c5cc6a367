package dev.outcrop.models.templates;

import dev.outcrop.models.templates.Token.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts a template into tokens, with jinja2's rules for white space under trim_blocks and
 * lstrip_blocks: a newline after a block or comment goes, blanks before one on its own line go, and
 * minus signs take all white space.
 */
final class Lexer {
  private static final Pattern NEWLINE = Pattern.compile("\r\n|\r");
  private static final Pattern INSIDE =
      Pattern.compile(
          "(?<space>\\s+)"
              + "|(?<float>(?<!\\.)(?:\\d+_)*\\d+(?:\\.(?:\\d+_)*\\d+(?:[eE][+-]?\\d+)?|[eE][+-]?\\d+))"
              + "|(?<integer>(?:0|[1-9](?:_?\\d)*)(?![\\w]))"
              + "|(?<name>[\\p{L}_][\\p{L}\\p{N}_]*)"
              + "|(?<string>'[^'\\\\]*(?:\\\\.[^'\\\\]*)*'|\"[^\"\\\\]*(?:\\\\.[^\"\\\\]*)*\")"
              + "|(?<operator>//|\\*\\*|==|!=|>=|<=|[+\\-/*%~\\[\\](){}<>=.:|,])",
          Pattern.DOTALL);

  private final String source;
  private final List<Token> tokens = new ArrayList<>();
  private int position;
  private int line = 1;
  private boolean lineStarting = true;

  Lexer(String source) {
    String text = NEWLINE.matcher(source).replaceAll("\n");
    this.source = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
  }

  List<Token> tokens() {
    while (position < source.length()) {
      int tag = nextTag();
      if (tag < 0) {
        text(source.substring(position));
        position = source.length();
      } else {
        tag(tag);
      }
    }
    add(Kind.END, "");
    return tokens;
  }

  private int nextTag() {
    for (int i = position; i + 1 < source.length(); i++) {
      if (source.charAt(i) == '{' && "{%#".indexOf(source.charAt(i + 1)) >= 0) {
        return i;
      }
    }
    return -1;
  }

  private void tag(int start) {
    char type = source.charAt(start + 1);
    char sign = start + 2 < source.length() ? source.charAt(start + 2) : ' ';
    String before = source.substring(position, start);
    if (sign == '-') {
      text(Strings.rstrip(before), before);
    } else if (type != '{' && sign != '+') {
      text(stripLine(before), before);
    } else {
      text(before);
    }
    position = start + (sign == '-' || sign == '+' ? 3 : 2);
    if (type == '#') {
      comment();
    } else {
      inside(type == '{');
    }
  }

  /** Removes the blanks before a block when nothing else is before it on the line. */
  private String stripLine(String before) {
    int start = before.lastIndexOf('\n') + 1;
    if (start == 0 && !lineStarting) {
      return before;
    }
    for (int i = start; i < before.length(); i++) {
      if (before.charAt(i) != ' ' && before.charAt(i) != '\t') {
        return before;
      }
    }
    return before.substring(0, start);
  }

  private void comment() {
    int end = source.indexOf("#}", position);
    if (end < 0) {
      throw error("a comment has no end");
    }
    char sign = end > position ? source.charAt(end - 1) : ' ';
    line += count(source.substring(position, end));
    position = end + 2;
    afterTag(sign, true);
  }

  /** White space after a tag: a minus takes all, a block or comment takes one newline. */
  private void afterTag(char sign, boolean trims) {
    int from = position;
    if (sign == '-') {
      while (position < source.length() && Strings.space(source.charAt(position))) {
        position++;
      }
    } else if (trims && sign != '+' && source.startsWith("\n", position)) {
      position++;
    }
    line += count(source.substring(from, position));
    lineStarting = position > from && source.charAt(position - 1) == '\n';
  }

  private void inside(boolean print) {
    String end = print ? "}}" : "%}";
    add(print ? Kind.PRINT_BEGIN : Kind.BLOCK_BEGIN, "");
    Deque<String> brackets = new ArrayDeque<>();
    Matcher matcher = INSIDE.matcher(source);
    while (true) {
      if (position >= source.length()) {
        throw error("a tag has no end");
      }
      char c = source.charAt(position);
      boolean signed = (c == '-' || (c == '+' && !print)) && source.startsWith(end, position + 1);
      if (brackets.isEmpty() && (signed || source.startsWith(end, position))) {
        position += signed ? 3 : 2;
        add(print ? Kind.PRINT_END : Kind.BLOCK_END, "");
        afterTag(signed ? c : ' ', !print);
        return;
      }
      if (!matcher.find(position) || matcher.start() != position) {
        throw error("unexpected '" + source.charAt(position) + "'");
      }
      piece(matcher, brackets);
      position = matcher.end();
    }
  }

  private void piece(Matcher matcher, Deque<String> brackets) {
    String text = matcher.group();
    if (matcher.group("space") != null) {
      line += count(text);
    } else if (matcher.group("float") != null) {
      add(Kind.FLOAT, text.replace("_", ""));
    } else if (matcher.group("integer") != null) {
      add(Kind.INTEGER, text.replace("_", ""));
    } else if (matcher.group("name") != null) {
      add(Kind.NAME, text);
    } else if (matcher.group("string") != null) {
      add(Kind.STRING, Strings.unescape(text.substring(1, text.length() - 1)));
      line += count(text);
    } else {
      balance(text, brackets);
      add(Kind.OPERATOR, text);
    }
  }

  private void balance(String text, Deque<String> brackets) {
    switch (text) {
      case "(" -> brackets.push(")");
      case "[" -> brackets.push("]");
      case "{" -> brackets.push("}");
      case ")", "]", "}" -> {
        if (brackets.isEmpty() || !brackets.pop().equals(text)) {
          throw error("unexpected '" + text + "'");
        }
      }
      default -> {}
    }
  }

  private void text(String text) {
    text(text, text);
  }

  private void text(String kept, String all) {
    if (!kept.isEmpty()) {
      add(Kind.TEXT, kept);
    }
    line += count(all);
  }

  private void add(Kind kind, String text) {
    tokens.add(new Token(kind, text, line));
  }

  private static int count(String text) {
    return (int) text.chars().filter(c -> c == '\n').count();
  }

  private TemplateException error(String message) {
    return new TemplateException("line " + line + ": " + message);
  }
}
