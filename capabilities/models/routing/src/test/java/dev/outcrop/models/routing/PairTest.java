package dev.outcrop.models.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outcrop.models.ModelEntry;
import dev.outcrop.models.catalogue.CatalogueEntry;
import dev.outcrop.models.catalogue.Prices;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PairTest {

  private static Pair.Target target(String name, String price) {
    BigDecimal dollars = price == null ? null : new BigDecimal(price);
    Prices prices = new Prices(dollars, dollars, null, null, null);
    return new Pair.Target(
        name,
        name,
        new CatalogueEntry(
            "id",
            null,
            null,
            "p",
            ModelEntry.Kind.CHAT,
            null,
            null,
            0,
            null,
            false,
            Map.of(),
            prices,
            null));
  }

  @Test
  void pricesDecideFirst() {
    Pair.Target lite = target("amazon.nova-lite-v1:0", "5");
    Pair.Target pro = target("amazon.nova-pro-v1:0", "0.5");
    assertThat(Pair.of(lite, pro)).isEqualTo(new Pair(pro, lite));
    assertThat(Pair.of(pro, lite)).isEqualTo(new Pair(pro, lite));
  }

  @ParameterizedTest
  @CsvSource({
    "anthropic.claude-3-haiku-20240307-v1:0, anthropic.claude-sonnet-4-20250514-v1:0",
    "anthropic.claude-sonnet-4-20250514-v1:0, anthropic.claude-opus-4-1-v1:0",
    "amazon.nova-micro-v1:0, amazon.nova-lite-v1:0",
    "amazon.nova-lite-v1:0, amazon.nova-pro-v1:0",
    "meta.llama3-1-8b-instruct-v1:0, meta.llama3-3-70b-instruct-v1:0",
    "mistral.mistral-7b-instruct-v0:2, mistral.mixtral-8x7b-instruct-v0:1"
  })
  void thenSizesInNames(String cheap, String able) {
    Pair.Target small = target(cheap, null);
    Pair.Target large = target(able, "3");
    assertThat(Pair.of(small, large)).isEqualTo(new Pair(small, large));
    assertThat(Pair.of(large, small)).isEqualTo(new Pair(small, large));
  }

  @Test
  void elseTheFallbackIsTheAbleOne() {
    Pair.Target one = target("acme.one", "1");
    Pair.Target two = target("acme.two", "1");
    assertThat(Pair.of(one, two).able()).isEqualTo(one);
    assertThat(Pair.of(two, one).able()).isEqualTo(two);
  }
}
