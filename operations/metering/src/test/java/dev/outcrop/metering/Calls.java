package dev.outcrop.metering;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.outcrop.models.ModelEntry;
import dev.outcrop.models.calls.ModelCall;
import dev.outcrop.models.calls.Outcome;
import dev.outcrop.models.calls.Usage;
import dev.outcrop.models.catalogue.CatalogueEntry;
import dev.outcrop.models.catalogue.Prices;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Calls and outcomes to be metered. */
public final class Calls {
  public static final Prices PRICES =
      new Prices(
          new BigDecimal("3"),
          new BigDecimal("15"),
          new BigDecimal("0.30"),
          new BigDecimal("3.75"),
          null);

  private Calls() {}

  public static CatalogueEntry chat(String id, Prices prices, String... fallbacks) {
    return new CatalogueEntry(
        id,
        null,
        null,
        "gateway",
        ModelEntry.Kind.CHAT,
        null,
        null,
        0,
        null,
        false,
        Map.of(),
        prices,
        List.of(fallbacks));
  }

  public static ModelCall call(CatalogueEntry entry, String key, Instant start) {
    return call(entry, key, null, start, 1000, 100);
  }

  public static ModelCall call(
      CatalogueEntry entry, String key, String profile, Instant start, long input, long output) {
    return new ModelCall(
        UUID.randomUUID().toString(),
        "Converse",
        start,
        "000000000000",
        "us-east-1",
        "arn:aws:iam::000000000000:root",
        key,
        entry.id(),
        profile,
        entry,
        Map.of(),
        JsonNodeFactory.instance::objectNode,
        input,
        output);
  }

  public static Outcome done(ModelCall call, long input, long output) {
    return new Outcome(call.entry(), new Usage(input, output, 0, 0, 0), "end_turn", 12, 5, null);
  }

  public static Outcome failed(ModelCall call, Throwable failure) {
    return new Outcome(call.entry(), Usage.NONE, null, 12, -1, failure);
  }
}
