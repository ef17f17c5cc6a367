package dev.outcrop.models.templates;

import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A chat template in the Jinja language, as model files carry it, rendered to the character as
 * Python's jinja2 3.1 does with the settings of Hugging Face transformers: trim_blocks,
 * lstrip_blocks, loop controls, the generation tag, {@code raise_exception}, {@code strftime_now}
 * and a {@code tojson} that escapes no HTML.
 *
 * <p>It is a strict interpreter of the part of Jinja that chat templates use. Whatever else a
 * template contains is an error when it is parsed, or, where that depends on values, when it is
 * rendered; it is never left out silently. Templates come from downloaded files, so their work is
 * bounded.
 *
 * <p>Values are {@code String}, {@code Long}, {@code Double}, {@code Boolean}, null for None,
 * {@code List} and {@code Map}; {@code Integer} is taken as {@code Long}. Safe to share between
 * threads.
 */
public final class ChatTemplate {
  private final List<Statement> body;
  private final Clock clock;

  private ChatTemplate(List<Statement> body, Clock clock) {
    this.body = body;
    this.clock = clock;
  }

  /**
   * Parses a template.
   *
   * @throws TemplateException when it is not Jinja or uses what is not implemented; says what
   */
  public static ChatTemplate parse(String source) {
    return parse(source, Clock.system(ZoneId.systemDefault()));
  }

  /** Parses a template whose {@code strftime_now} takes the time from this clock. */
  public static ChatTemplate parse(String source, Clock clock) {
    return new ChatTemplate(
        checked(() -> new StatementParser(new Lexer(source).tokens()).template()), clock);
  }

  /**
   * Renders.
   *
   * @param variables what the template may refer to; usually {@code messages}, {@code tools},
   *     {@code add_generation_prompt}, {@code bos_token} and {@code eos_token}
   * @throws TemplateException when the template raises an exception or the reference would fail
   */
  public String render(Map<String, ?> variables) {
    Output out = new Output();
    Scope scope = Scope.root(variables, new Work(clock));
    return checked(
        () -> {
          Statement.all(body, scope, out);
          return out.toString();
        });
  }

  /** What goes wrong inside, such as an overflow, is the template's fault. */
  private static <T> T checked(Supplier<T> work) {
    try {
      return work.get();
    } catch (TemplateException e) {
      throw e;
    } catch (StackOverflowError e) {
      throw new TemplateException("the template is nested too deeply");
    } catch (RuntimeException e) {
      throw new TemplateException("the template fails: " + e);
    }
  }
}
