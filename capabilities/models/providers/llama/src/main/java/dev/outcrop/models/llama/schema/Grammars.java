package dev.outcrop.models.llama.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outcrop.models.llama.grammar.Grammar;
import dev.outcrop.models.llama.grammar.Rule;
import java.util.ArrayList;
import java.util.List;

/**
 * Schemas as grammars whose every text is a JSON value for which the schema holds. They write no
 * more space than one after a comma or a colon, and an object's members in the schema's order.
 */
public final class Grammars {
  private Grammars() {}

  /**
   * A value.
   *
   * @throws SchemaException when the schema is wrong, nothing fulfils it, or what it asks for can't
   *     be ensured
   */
  public static Grammar value(JsonNode schema) {
    try {
      Compiler compiler = new Compiler(schema);
      Grammar grammar = compiler.rules.grammar(compiler.rule(List.of(schema)));
      if (grammar == null) {
        throw new SchemaException("no value fulfils it");
      }
      return grammar;
    } catch (StackOverflowError e) {
      throw new SchemaException("it is nested too deeply");
    }
  }

  /** One of several, each between two texts. */
  public record Wrapped(String before, Grammar value, String after) {}

  /**
   * A list of values in wrappers.
   *
   * @param most how many may come
   */
  public static Grammar list(
      String before, List<Wrapped> options, String between, String after, int most) {
    Rules all = new Rules();
    List<Integer> choices = new ArrayList<>();
    for (Wrapped option : options) {
      int value = all.take(option.value());
      choices.add(all.sequence(all.literal(option.before()), value, all.literal(option.after())));
    }
    int items =
        all.add(
            new Rule.Items(all.literal(between), new int[0], all.choice(choices), 1, most, false));
    int start = all.sequence(all.literal(before), items, all.literal(after));
    return all.grammar(start);
  }
}
