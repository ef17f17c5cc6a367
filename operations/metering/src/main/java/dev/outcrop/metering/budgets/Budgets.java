package dev.outcrop.metering.budgets;

import dev.outcrop.metering.ledger.Cost;
import dev.outcrop.metering.ledger.UsageReport;
import dev.outcrop.models.calls.CallObserver;
import dev.outcrop.models.calls.ModelCall;
import dev.outcrop.models.calls.Outcome;
import dev.outcrop.models.catalogue.CatalogueEntry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.services.bedrockruntime.model.ServiceQuotaExceededException;

/**
 * Refuses calls that could spend more than a budget has. The most that a call can cost is reserved
 * before the model is asked, and what it did cost replaces the reservation at its end, so that no
 * number of calls at once gets past a limit. What was spent comes from the ledger, so a restart
 * changes nothing; this observer belongs behind the {@link dev.outcrop.metering.ledger.Ledger}.
 */
public final class Budgets implements CallObserver {
  private final UsageReport ledger;
  private final InstantSource clock;
  private final Function<String, Optional<CatalogueEntry>> models;
  private final ReentrantLock counting = new ReentrantLock();
  private volatile List<Budget> budgets = List.of();

  /**
   * @param models the entries of ids; for fall-backs, which can be dearer than the model asked for
   */
  public Budgets(
      UsageReport ledger,
      InstantSource clock,
      Function<String, Optional<CatalogueEntry>> models,
      Map<String, BudgetSettings> settings) {
    this.ledger = ledger;
    this.clock = clock;
    this.models = models;
    configure(settings);
  }

  /** Takes new settings; budgets that are as they were go on. */
  public void configure(Map<String, BudgetSettings> settings) {
    counting.lock();
    try {
      List<Budget> next = new ArrayList<>();
      settings.forEach(
          (name, each) -> next.add(kept(name, each).orElseGet(() -> budget(name, each))));
      budgets = List.copyOf(next);
    } finally {
      counting.unlock();
    }
  }

  private Optional<Budget> kept(String name, BudgetSettings settings) {
    return budgets.stream()
        .filter(budget -> budget.name.equals(name) && budget.settings.equals(settings))
        .findFirst();
  }

  private Budget budget(String name, BudgetSettings settings) {
    String key = settings.key().orElse(null);
    String profile = settings.profile().orElse(null);
    return new Budget(name, settings, since -> ledger.spent(key, profile, since), clock.instant());
  }

  @Override
  public Watch begin(ModelCall call) {
    List<Budget> covering = budgets.stream().filter(budget -> budget.covers(call)).toList();
    if (covering.isEmpty()) {
      return Watch.NONE;
    }
    if (covering.stream().anyMatch(Budget::countsMoney)) {
      candidates(call).forEach(entry -> requirePrices(entry, covering));
    }
    Amount most = Amount.most(call, candidates(call));
    return reserve(call, covering, most);
  }

  private Watch reserve(ModelCall call, List<Budget> covering, Amount most) {
    List<Budget.Spending> reserved = new ArrayList<>(covering.size());
    counting.lock();
    try {
      for (Budget budget : covering) {
        String refusal = budget.refusal(most, call.start());
        if (refusal != null) {
          throw ServiceQuotaExceededException.builder().message(refusal).build();
        }
      }
      covering.forEach(budget -> reserved.add(budget.reserve(most, call.start())));
    } finally {
      counting.unlock();
    }
    return outcome -> settle(call, reserved, most, outcome);
  }

  private void settle(
      ModelCall call, List<Budget.Spending> reserved, Amount most, Outcome outcome) {
    CatalogueEntry served = outcome.servedBy() == null ? call.entry() : outcome.servedBy();
    Amount used = Amount.of(outcome.usage(), served);
    counting.lock();
    try {
      reserved.forEach(spending -> spending.release(most));
      // A budget that came into being meanwhile is charged too: rather twice than never.
      budgets.stream()
          .filter(budget -> budget.covers(call))
          .forEach(budget -> budget.spend(used, call.start()));
    } finally {
      counting.unlock();
    }
  }

  private Stream<CatalogueEntry> candidates(ModelCall call) {
    return Stream.concat(
        Stream.of(call.entry()),
        call.entry().fallbacks().stream().flatMap(id -> models.apply(id).stream()));
  }

  /** A limit in dollars means nothing for a model that somebody charges an unknown price for. */
  private static void requirePrices(CatalogueEntry entry, List<Budget> covering) {
    boolean known =
        switch (entry.kind()) {
          case CHAT -> entry.prices().input() != null && entry.prices().output() != null;
          case IMAGE -> entry.prices().image() != null;
          case EMBEDDING, RERANK, QUOTE -> entry.prices().input() != null;
        };
    if (!known && !Cost.isLocal(entry)) {
      throw ServiceQuotaExceededException.builder()
          .message(
              "The budget '%s' is in dollars, and what %s costs is not known. Give the model prices"
                      .formatted(
                          covering.stream()
                              .filter(Budget::countsMoney)
                              .findFirst()
                              .orElseThrow()
                              .name,
                          entry.id())
                  + " in the configuration; 0 where it is free.")
          .build();
    }
  }
}
