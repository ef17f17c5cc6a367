package dev.outcrop.models.routing;

import dev.outcrop.models.catalogue.CatalogueEntry;
import dev.outcrop.models.catalogue.Prices;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A router's two models by what they are.
 *
 * @param cheap the smaller one
 * @param able the larger one
 */
record Pair(Target cheap, Target able) {
  private static final Pattern BILLIONS =
      Pattern.compile("(?<![a-z0-9])(?:(\\d{1,2})x)?(\\d{1,4})b(?![a-z0-9])");

  /** Words by which vendors tell the sizes of their models. */
  private static final Map<String, Integer> SIZES =
      Map.ofEntries(
          Map.entry("nano", 1),
          Map.entry("micro", 1),
          Map.entry("tiny", 1),
          Map.entry("haiku", 2),
          Map.entry("lite", 2),
          Map.entry("mini", 2),
          Map.entry("small", 2),
          Map.entry("flash", 2),
          Map.entry("instant", 2),
          Map.entry("sonnet", 3),
          Map.entry("medium", 3),
          Map.entry("pro", 3),
          Map.entry("opus", 4),
          Map.entry("large", 4),
          Map.entry("premier", 4),
          Map.entry("ultra", 4));

  /**
   * One of a router's models.
   *
   * @param arn as the router names it
   * @param name id of the model
   * @param entry null when the model is not in the catalogue any more
   */
  record Target(String arn, String name, CatalogueEntry entry) {}

  /**
   * Which of two models is which: by their prices where both have some, else by the sizes in their
   * names, else the fallback is the able one, as in AWS's own routers.
   */
  static Pair of(Target fallback, Target other) {
    int order = Double.compare(price(fallback), price(other));
    if (order == 0 || price(fallback) == 0 || price(other) == 0) {
      order = Double.compare(size(fallback.name()), size(other.name()));
      if (order == 0 || size(fallback.name()) == 0 || size(other.name()) == 0) {
        order = 1;
      }
    }
    return order > 0 ? new Pair(other, fallback) : new Pair(fallback, other);
  }

  private static double price(Target target) {
    if (target.entry() == null) {
      return 0;
    }
    Prices prices = target.entry().prices();
    return prices.input() == null || prices.output() == null
        ? 0
        : prices.input().add(prices.output()).doubleValue();
  }

  /** Billions of parameters, or the rank of a word; 0 when the name says nothing. */
  private static double size(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    Matcher billions = BILLIONS.matcher(lower);
    if (billions.find()) {
      int experts = billions.group(1) == null ? 1 : Integer.parseInt(billions.group(1));
      return (double) experts * Integer.parseInt(billions.group(2));
    }
    return List.of(lower.split("[^a-z]+")).stream()
        .mapToInt(word -> SIZES.getOrDefault(word, 0))
        .max()
        .orElse(0);
  }
}
