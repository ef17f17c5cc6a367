package dev.outcrop.metering.budgets;

import dev.outcrop.config.Setting;
import dev.outcrop.metering.ledger.Cost;
import java.math.BigDecimal;
import java.util.Optional;

/** One budget of the {@code budgets:} part of the configuration. */
public record BudgetSettings(
    @Setting(doc = "The key it is for, as under keys; without one, all keys together.")
        Optional<String> key,
    @Setting(doc = "ARN of the application inference profile it is for; without one, all calls.")
        Optional<String> profile,
    @Setting(doc = "Most US dollars to be spent in a period, for example 12.50.")
        Optional<String> usd,
    @Setting(
            doc = "Most tokens of all kinds to be used in a period; 0 sets no limit.",
            value = "0",
            min = 0)
        long tokens,
    @Setting(doc = "When it begins anew, in UTC: day, month or total (never).", value = "month")
        Period period) {

  public BudgetSettings {
    if (usd.isEmpty() && tokens == 0) {
      throw new IllegalArgumentException("a budget needs usd or tokens");
    }
    usd.ifPresent(BudgetSettings::nanos);
  }

  /** The limit in billionths of a dollar; the largest number when there is none. */
  long nanoDollars() {
    return usd.map(BudgetSettings::nanos).orElse(Long.MAX_VALUE);
  }

  long tokenLimit() {
    return tokens == 0 ? Long.MAX_VALUE : tokens;
  }

  private static long nanos(String usd) {
    try {
      BigDecimal amount = new BigDecimal(usd.strip());
      if (amount.signum() < 0) {
        throw new IllegalArgumentException("usd cannot be negative: " + usd);
      }
      return Cost.nanos(amount);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("usd must be an amount such as 12.50, not " + usd, e);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("usd is too large: " + usd, e);
    }
  }
}
