package dev.outcrop.metering.ledger;

import dev.outcrop.models.ModelEntry;
import dev.outcrop.models.calls.Outcome;
import dev.outcrop.models.calls.Usage;
import dev.outcrop.models.catalogue.CatalogueEntry;
import dev.outcrop.models.catalogue.Prices;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Money, in billionths of a US dollar. The parts of a call are added exactly and the sum is rounded
 * once, half up, so that what is shown for a day is the sum of what is shown for its calls.
 */
public final class Cost {
  private static final int PER_MILLION = 6;
  private static final int NANO = 9;
  private static final Set<String> LOCAL = Set.of("llama", "onnx");

  private Cost() {}

  /**
   * Whether all that a call used has a price. What runs on this machine costs nothing unless its
   * prices say so. An answer from elsewhere that doesn't say what it used isn't known, unless every
   * price is 0.
   */
  static boolean isKnown(Outcome outcome, CatalogueEntry model) {
    return isTold(outcome, model) ? isKnown(model, outcome.usage()) : isFree(model.prices());
  }

  /** Whether it was told what a call used; an answer from elsewhere always uses something. */
  public static boolean isTold(Outcome outcome, CatalogueEntry model) {
    return outcome.failure() != null || isLocal(model) || !outcome.usage().equals(Usage.NONE);
  }

  private static boolean isFree(Prices prices) {
    List<BigDecimal> known =
        Stream.of(
                prices.input(),
                prices.output(),
                prices.cacheRead(),
                prices.cacheWrite(),
                prices.image())
            .filter(Objects::nonNull)
            .toList();
    return !known.isEmpty() && known.stream().allMatch(price -> price.signum() == 0);
  }

  private static boolean isKnown(CatalogueEntry model, Usage usage) {
    Prices prices = model.prices();
    boolean byImage = model.kind() == ModelEntry.Kind.IMAGE && prices.image() != null;
    return isLocal(model)
        || byImage
        || has(prices.input(), usage.input())
            && has(prices.output(), usage.output())
            && has(prices.cacheRead(), usage.cacheRead())
            && has(prices.cacheWrite(), usage.cacheWrite())
            && has(prices.image(), usage.images());
  }

  private static boolean has(BigDecimal price, long amount) {
    return price != null || amount == 0;
  }

  /** Whether a model runs on this machine. */
  public static boolean isLocal(CatalogueEntry model) {
    return LOCAL.contains(model.provider());
  }

  /** What a call costs; a price that is not known counts as nothing. */
  public static long nanoDollars(Prices prices, Usage usage) {
    BigDecimal tokens =
        times(prices.input(), usage.input())
            .add(times(prices.output(), usage.output()))
            .add(times(prices.cacheRead(), usage.cacheRead()))
            .add(times(prices.cacheWrite(), usage.cacheWrite()));
    return nanos(tokens.movePointLeft(PER_MILLION).add(times(prices.image(), usage.images())));
  }

  /**
   * An amount in dollars as billionths.
   *
   * @throws ArithmeticException above nine billion dollars
   */
  public static long nanos(BigDecimal dollars) {
    return dollars.movePointRight(NANO).setScale(0, RoundingMode.HALF_UP).longValueExact();
  }

  /** The amount in dollars, for people: at least two digits after the point. */
  public static String dollars(long nanos) {
    BigDecimal amount = BigDecimal.valueOf(nanos, NANO).stripTrailingZeros();
    return amount.setScale(Math.max(2, amount.scale()), RoundingMode.UNNECESSARY).toPlainString();
  }

  private static BigDecimal times(BigDecimal price, long amount) {
    return price == null || amount == 0
        ? BigDecimal.ZERO
        : price.multiply(BigDecimal.valueOf(amount));
  }
}
