package dev.outcrop.metering.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outcrop.metering.Calls;
import dev.outcrop.models.ModelEntry;
import dev.outcrop.models.calls.ModelCall;
import dev.outcrop.models.calls.Outcome;
import dev.outcrop.models.calls.Usage;
import dev.outcrop.models.catalogue.CatalogueEntry;
import dev.outcrop.models.catalogue.Prices;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CostTest {
  @Test
  void countsEveryKindAtItsPrice() {
    // 1000 x $3/M + 200 x $15/M + 4000 x $0.30/M + 80 x $3.75/M = $0.0075
    assertThat(Cost.nanoDollars(Calls.PRICES, new Usage(1000, 200, 4000, 80, 0)))
        .isEqualTo(7_500_000);
    Prices image = new Prices(null, null, null, null, new BigDecimal("0.04"));
    assertThat(Cost.nanoDollars(image, new Usage(50, 0, 0, 0, 3))).isEqualTo(120_000_000);
  }

  @Test
  void roundsTheSumOnceAndNotItsParts() {
    BigDecimal price = new BigDecimal("0.0004"); // 0.4 billionths a token
    Prices prices = new Prices(price, price, price, price, null);
    assertThat(Cost.nanoDollars(prices, new Usage(1, 1, 1, 1, 0))).isEqualTo(2); // 1.6
    assertThat(Cost.nanoDollars(prices, new Usage(1_000_003, 0, 0, 0, 0))).isEqualTo(400_001);
  }

  @Test
  void knowsWhatItDoesNotKnow() {
    Usage cached = new Usage(5, 5, 1, 0, 0);
    Prices plain = new Prices(BigDecimal.ONE, BigDecimal.ONE, null, null, null);
    assertThat(isKnown(Calls.chat("m", plain), new Usage(5, 5, 0, 0, 0))).isTrue();
    assertThat(isKnown(Calls.chat("m", plain), cached)).isFalse();
    assertThat(isKnown(Calls.chat("m", Prices.UNKNOWN), cached)).isFalse();
    assertThat(isKnown(Calls.chat("m", Prices.UNKNOWN), Usage.NONE)).isFalse();
    assertThat(isKnown(Calls.chat("m", plain), Usage.NONE)).isFalse();
    Prices free = new Prices(BigDecimal.ZERO, null, null, null, null);
    assertThat(isKnown(Calls.chat("m", free), Usage.NONE)).isTrue();
    assertThat(isKnown(of("onnx", ModelEntry.Kind.RERANK, Prices.UNKNOWN), Usage.NONE)).isTrue();
    ModelCall failed = Calls.call(Calls.chat("m", Prices.UNKNOWN), "k", Instant.EPOCH);
    Outcome failure = Calls.failed(failed, new IllegalStateException());
    assertThat(Cost.isKnown(failure, failed.entry())).isTrue();
    assertThat(isKnown(of("llama", ModelEntry.Kind.CHAT, Prices.UNKNOWN), cached)).isTrue();
    Prices image = new Prices(null, null, null, null, new BigDecimal("0.04"));
    Usage pictures = new Usage(50, 0, 0, 0, 3);
    assertThat(isKnown(of("far", ModelEntry.Kind.IMAGE, image), pictures)).isTrue();
    assertThat(isKnown(of("far", ModelEntry.Kind.IMAGE, plain), pictures)).isFalse();
    assertThat(isKnown(of("far", ModelEntry.Kind.IMAGE, image), Usage.NONE)).isFalse();
  }

  private static boolean isKnown(CatalogueEntry model, Usage usage) {
    return Cost.isKnown(new Outcome(model, usage, null, 1, -1, null), model);
  }

  private static CatalogueEntry of(String provider, ModelEntry.Kind kind, Prices prices) {
    return new CatalogueEntry(
        "m", null, null, provider, kind, null, null, 0, null, false, Map.of(), prices, null);
  }

  @Test
  void countsUnknownPricesAsNothing() {
    assertThat(Cost.nanoDollars(Prices.UNKNOWN, new Usage(1, 2, 3, 4, 5))).isZero();
  }

  @Test
  void isReadableInDollars() {
    assertThat(Cost.dollars(0)).isEqualTo("0.00");
    assertThat(Cost.dollars(12_500_000_000L)).isEqualTo("12.50");
    assertThat(Cost.dollars(7_500_001)).isEqualTo("0.007500001");
  }
}
