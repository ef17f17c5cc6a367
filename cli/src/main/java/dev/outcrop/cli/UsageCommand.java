package dev.outcrop.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "usage",
    description = "Shows what models were used for, and what that cost, from the ledger.",
    mixinStandardHelpOptions = true)
final class UsageCommand implements Callable<Integer> {
  private static final int NARROWEST = 24;
  private static final Pattern DAYS = Pattern.compile("(\\d{1,5})d");

  private final Installation installation;
  @Mixin private Common common;

  @Option(
      names = "--by",
      paramLabel = "WHAT",
      defaultValue = "MODEL",
      description = "What to sum up by: ${COMPLETION-CANDIDATES} (default: model).")
  private Installation.UsageBy by;

  @Option(
      names = "--since",
      paramLabel = "WHEN",
      defaultValue = "30d",
      description = "A day such as 2026-11-01, or so many days back such as 7d (default: 30d).")
  private String since;

  @Option(names = "--json", description = "Prints everything as JSON; costs in dollars.")
  private boolean json;

  UsageCommand(Installation installation) {
    this.installation = installation;
  }

  @Override
  public Integer call() throws IOException {
    List<Installation.UsageLine> lines = installation.usage(common.options(), by, day(since));
    Terminal terminal = common.terminal();
    if (json) {
      terminal.answer(json(lines));
      return 0;
    }
    int width = lines.stream().mapToInt(line -> line.name().length()).max().orElse(0);
    String format = "%-" + Math.max(width, NARROWEST) + "s %9s %8s %13s %13s %13s %16s";
    terminal.answer(
        format.formatted(
            by.name().toLowerCase(Locale.ROOT),
            "calls",
            "failed",
            "input",
            "output",
            "cache read",
            "cost"));
    for (Installation.UsageLine line : lines) {
      terminal.answer(
          format.formatted(
              line.name().isEmpty() ? "(none)" : line.name(),
              line.calls(),
              line.failures(),
              line.input(),
              line.output(),
              line.cacheRead(),
              cost(line)));
    }
    return 0;
  }

  /** What has no known price may have cost anything. */
  static String cost(Installation.UsageLine line) {
    if (line.unpriced() == 0) {
      return "$" + line.dollars();
    }
    return isNothing(line.dollars()) ? "unknown" : "over $" + line.dollars();
  }

  private static boolean isNothing(String dollars) {
    return new BigDecimal(dollars).signum() == 0;
  }

  static LocalDate day(String text) {
    Matcher days = DAYS.matcher(text);
    try {
      return days.matches()
          ? LocalDate.now(ZoneOffset.UTC).minusDays(Long.parseLong(days.group(1)))
          : LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw new CommandFailure(
          "--since takes a day such as 2026-11-01 or days back such as 7d, not " + text);
    }
  }

  private static String json(List<Installation.UsageLine> lines) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = new JsonFactory().createGenerator(text).useDefaultPrettyPrinter()) {
      out.writeStartArray();
      for (Installation.UsageLine line : lines) {
        out.writeStartObject();
        out.writeStringField("name", line.name());
        out.writeNumberField("calls", line.calls());
        out.writeNumberField("failures", line.failures());
        out.writeNumberField("inputTokens", line.input());
        out.writeNumberField("outputTokens", line.output());
        out.writeNumberField("cacheReadTokens", line.cacheRead());
        out.writeNumberField("cacheWriteTokens", line.cacheWrite());
        out.writeNumberField("images", line.images());
        boolean unknown = line.unpriced() > 0 && isNothing(line.dollars());
        out.writeStringField("cost", unknown ? null : line.dollars());
        out.writeNumberField("callsWithoutPrice", line.unpriced());
        out.writeNumberField("meanLatencyMillis", line.latencyMillis());
        out.writeEndObject();
      }
      out.writeEndArray();
    }
    return text.toString();
  }
}
