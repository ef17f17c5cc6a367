package dev.outcrop.metering.budgets;

import dev.outcrop.metering.ledger.Cost;
import dev.outcrop.metering.ledger.UsageReport;
import dev.outcrop.models.calls.CallObserver;
import dev.outcrop.models.calls.ModelCall;
import dev.outcrop.models.calls.Outcome;
import dev.outcrop.models.calls.Usage;
import dev.outcrop.models.catalogue.CatalogueEntry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.services.bedrockruntime.model.ServiceQuotaExceededException;

/**
 * Refuses calls that could spend more than a budget has. The most that a call can cost is reserved
 * before the model is asked, and what it did cost replaces the reservation at its end, so that no
 * number of calls at once gets past a limit while each has a bound that holds: {@code maxTokens},
 * or a longest answer that is known. Calls whose answers are longer than was reserved each pass by
 * the difference. A dialogue has no bound: it reserves the longest answer, is charged at each usage
 * that the model tells, and broken off when that no longer fits, so that it passes by what it uses
 * between two of them at most.
 *
 * <p>An answer from elsewhere that doesn't tell what it used is charged what was reserved for it.
 *
 * <p>What was spent comes from the ledger, so a restart forgets only what the ledger can't know:
 * the charge for such answers. This observer belongs behind the {@link
 * dev.outcrop.metering.ledger.Ledger}.
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
    counting.lock();
    try {
      String refusal = refusal(call, covering, most);
      if (refusal != null) {
        throw ServiceQuotaExceededException.builder().message(refusal).build();
      }
      return new Reservation(call, covering, most);
    } finally {
      counting.unlock();
    }
  }

  private static String refusal(ModelCall call, List<Budget> covering, Amount amount) {
    return covering.stream()
        .map(budget -> budget.refusal(amount, call.start()))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  /** What a call has reserved; made and changed under the lock. */
  private final class Reservation implements Watch {
    private final ModelCall call;
    private final List<Budget> covering;
    private final List<Budget.Spending> reserved;
    private Amount held;

    Reservation(ModelCall call, List<Budget> covering, Amount held) {
      this.call = call;
      this.covering = covering;
      this.held = held;
      this.reserved = covering.stream().map(budget -> budget.reserve(held, call.start())).toList();
    }

    /** It grows with what is used; the model has used that, whether it fits or not. */
    @Override
    public void used(CatalogueEntry served, Usage soFar) {
      counting.lock();
      try {
        Amount next = held.or(Amount.of(soFar, served));
        if (next.equals(held)) {
          return;
        }
        reserved.forEach(spending -> spending.release(held));
        String refusal = refusal(call, covering, next);
        reserved.forEach(spending -> spending.hold(next));
        held = next;
        if (refusal != null) {
          throw ServiceQuotaExceededException.builder().message(refusal).build();
        }
      } finally {
        counting.unlock();
      }
    }

    @Override
    public void end(Outcome outcome) {
      CatalogueEntry served = outcome.servedBy() == null ? call.entry() : outcome.servedBy();
      counting.lock();
      try {
        Amount used = Cost.isTold(outcome, served) ? Amount.of(outcome.usage(), served) : held;
        reserved.forEach(spending -> spending.release(held));
        // A budget that came into being meanwhile is charged too: rather twice than never.
        budgets.stream()
            .filter(budget -> budget.covers(call))
            .forEach(budget -> budget.spend(used, call.start()));
      } finally {
        counting.unlock();
      }
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
