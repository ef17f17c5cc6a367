package dev.outcrop.models.llama.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outcrop.models.llama.grammar.Grammar;
import dev.outcrop.models.llama.grammar.Rule;
import java.util.ArrayList;
import java.util.List;

/**
 * Schemas as grammars whose texts are JSON values for which the schema holds. They write no more
 * space than one after a comma or a colon, and an object's members in the schema's order.
 */
public final class Grammars {
  private Grammars() {}

  /**
   * What a schema has become.
   *
   * @param exact whether every text of the grammar is valid; else texts must be checked when they
   *     are complete
   */
  public record Made(Grammar grammar, boolean exact) {}

  /**
   * A value.
   *
   * @throws SchemaException when the schema is wrong, nothing fulfils it, or it is too large
   */
  public static Made value(JsonNode schema) {
    return Budget.within(() -> made(schema));
  }

  private static Made made(JsonNode schema) {
    try {
      Size.numbers(schema);
      Compiler compiler = new Compiler(schema);
      Grammar grammar = compiler.rules.grammar(compiler.rule(List.of(schema)));
      if (grammar == null) {
        throw new SchemaException("no value fulfils it");
      }
      return new Made(grammar, !compiler.gaps.any());
    } catch (StackOverflowError e) {
      throw new SchemaException("it is nested too deeply");
    }
  }

  /** One of several, each between two texts. */
  public record Wrapped(String before, Grammar value, String after) {}

  /**
   * A list of values in wrappers.
   *
   * @param before what may stand before the list, one of these
   * @param most how many may come
   */
  public static Grammar list(
      List<String> before, List<Wrapped> options, String between, String after, int most) {
    Rules all = new Rules();
    List<Integer> choices = new ArrayList<>();
    for (Wrapped option : options) {
      int value = all.take(option.value());
      choices.add(all.sequence(all.literal(option.before()), value, all.literal(option.after())));
    }
    int items =
        all.add(
            new Rule.Items(all.literal(between), new int[0], all.choice(choices), 1, most, false));
    int first = all.choice(before.stream().map(all::literal).toList());
    return all.grammar(all.sequence(first, items, all.literal(after)));
  }
}
