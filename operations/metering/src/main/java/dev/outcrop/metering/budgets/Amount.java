package dev.outcrop.metering.budgets;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outcrop.metering.ledger.Cost;
import dev.outcrop.models.ModelEntry;
import dev.outcrop.models.calls.ModelCall;
import dev.outcrop.models.calls.Usage;
import dev.outcrop.models.catalogue.CatalogueEntry;
import dev.outcrop.models.catalogue.Prices;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a call uses or can use.
 *
 * @param tokens of all kinds
 */
record Amount(long tokens, long nanoDollars) {

  /** Where image models' bodies say how many images they ask for. */
  private static final List<String> IMAGE_COUNTS =
      List.of("/imageGenerationConfig/numberOfImages", "/n", "/samples", "/num_images");

  static Amount of(Usage usage, CatalogueEntry servedBy) {
    return new Amount(
        usage.input() + usage.output() + usage.cacheRead() + usage.cacheWrite(),
        Cost.nanoDollars(servedBy.prices(), usage));
  }

  /**
   * The most a call can use: all input at the dearest of the prices that input can have, the whole
   * answer, by the dearest of the models that may come to serve it.
   */
  static Amount most(ModelCall call, Stream<CatalogueEntry> models) {
    long images = call.entry().kind() == ModelEntry.Kind.IMAGE ? images(call.input().get()) : 0;
    Usage usage = new Usage(call.inputTokens(), call.outputTokens(), 0, 0, images);
    long nanos =
        models.mapToLong(model -> Cost.nanoDollars(dearest(model.prices()), usage)).max().orElse(0);
    return new Amount(usage.input() + usage.output(), nanos);
  }

  /** The larger of each. */
  Amount or(Amount other) {
    return new Amount(Math.max(tokens, other.tokens), Math.max(nanoDollars, other.nanoDollars));
  }

  private static Prices dearest(Prices prices) {
    BigDecimal input =
        Stream.of(prices.input(), prices.cacheRead(), prices.cacheWrite())
            .filter(price -> price != null)
            .max(BigDecimal::compareTo)
            .orElse(null);
    return new Prices(input, prices.output(), null, null, prices.image());
  }

  private static long images(JsonNode body) {
    long most = 1;
    for (String pointer : IMAGE_COUNTS) {
      most = Math.max(most, body == null ? 1 : body.at(pointer).asLong(1));
    }
    return most;
  }
}
