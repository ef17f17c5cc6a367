package dev.outcrop.metering.budgets;

import dev.outcrop.metering.ledger.Cost;
import dev.outcrop.metering.ledger.UsageReport.Spent;
import dev.outcrop.models.calls.ModelCall;
import java.time.Instant;
import java.util.function.Function;

/**
 * One budget and what is left of it. Not for several threads at once; {@link Budgets} sees to that.
 */
final class Budget {
  final String name;
  final BudgetSettings settings;
  private final Function<Instant, Spent> ledger;
  private Spending now;

  /** A period's sums. A reservation stays with the period that it was made in. */
  static final class Spending {
    private final Instant start;
    private long tokens;
    private long nanos;
    private long reservedTokens;
    private long reservedNanos;

    Spending(Instant start, Spent before) {
      this.start = start;
      this.tokens = before.tokens();
      this.nanos = before.nanoDollars();
    }

    void hold(Amount amount) {
      reservedTokens += amount.tokens();
      reservedNanos += amount.nanoDollars();
    }

    void release(Amount amount) {
      reservedTokens -= amount.tokens();
      reservedNanos -= amount.nanoDollars();
    }
  }

  /**
   * @param ledger what calls that this budget is for have spent since an instant
   */
  Budget(String name, BudgetSettings settings, Function<Instant, Spent> ledger, Instant time) {
    this.name = name;
    this.settings = settings;
    this.ledger = ledger;
    Instant start = settings.period().start(time);
    this.now = new Spending(start, ledger.apply(start));
  }

  boolean covers(ModelCall call) {
    return settings.key().map(call.key()::equals).orElse(true)
        && settings.profile().map(profile -> profile.equals(call.profile())).orElse(true);
  }

  boolean countsMoney() {
    return settings.usd().isPresent();
  }

  /** The period of a time; a new one has what the ledger has of it. */
  private Spending at(Instant time) {
    Instant start = settings.period().start(time);
    if (start.isAfter(now.start)) {
      now = new Spending(start, ledger.apply(start));
    }
    return now;
  }

  /** Why the amount may not be spent, or null. */
  String refusal(Amount amount, Instant time) {
    Spending spending = at(time);
    if (!fits(
        settings.nanoDollars(), spending.nanos, spending.reservedNanos, amount.nanoDollars())) {
      return text(
          "$" + Cost.dollars(settings.nanoDollars()),
          "$" + Cost.dollars(spending.nanos),
          "$" + Cost.dollars(spending.reservedNanos),
          "$" + Cost.dollars(amount.nanoDollars()),
          time);
    }
    if (!fits(settings.tokenLimit(), spending.tokens, spending.reservedTokens, amount.tokens())) {
      return text(
          settings.tokens() + " tokens",
          spending.tokens + " tokens",
          spending.reservedTokens + " tokens",
          amount.tokens() + " tokens",
          time);
    }
    return null;
  }

  // Subtracting what is spent from the limit cannot overflow; adding up to it could.
  private static boolean fits(long limit, long spent, long reserved, long amount) {
    return spent <= limit && reserved <= limit - spent && amount <= limit - spent - reserved;
  }

  private String text(String limit, String spent, String reserved, String amount, Instant time) {
    Instant end = settings.period().end(time);
    return "The budget '%s' does not allow this call: of %s%s, %s are spent and %s reserved for calls in progress, and this call can use %s. %s"
        .formatted(
            name,
            limit,
            switch (settings.period()) {
              case DAY -> " a day";
              case MONTH -> " a month";
              case TOTAL -> " in total";
            },
            spent,
            reserved,
            amount,
            end == null ? "It does not reset." : "It resets at " + end + ".");
  }

  Spending reserve(Amount amount, Instant time) {
    Spending spending = at(time);
    spending.hold(amount);
    return spending;
  }

  void spend(Amount amount, Instant time) {
    Spending spending = at(time);
    spending.tokens += amount.tokens();
    spending.nanos += amount.nanoDollars();
  }
}
