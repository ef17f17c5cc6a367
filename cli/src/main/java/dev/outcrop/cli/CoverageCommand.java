package dev.outcrop.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "coverage",
    description = "Lists, for every service, which operations are implemented and which are not.",
    mixinStandardHelpOptions = true)
final class CoverageCommand implements Callable<Integer> {
  private final Installation installation;
  @Mixin private Common common;

  @Parameters(
      arity = "0..*",
      paramLabel = "SERVICE",
      description = "Only these services, with their operations.")
  private List<String> services = List.of();

  @Option(names = "--json", description = "Prints everything as JSON.")
  private boolean json;

  CoverageCommand(Installation installation) {
    this.installation = installation;
  }

  @Override
  public Integer call() {
    Terminal terminal = common.terminal();
    List<Installation.ServiceCoverage> all = installation.coverage();
    List<String> known = all.stream().map(Installation.ServiceCoverage::service).toList();
    for (String service : services) {
      if (!known.contains(service)) {
        throw new CommandFailure(
            "there is no service '" + service + "'; known are " + String.join(", ", known));
      }
    }
    List<Installation.ServiceCoverage> shown =
        all.stream().filter(s -> services.isEmpty() || services.contains(s.service())).toList();
    if (json) {
      terminal.answer(CoverageJson.of(shown));
      return 0;
    }
    int done = 0;
    int total = 0;
    for (Installation.ServiceCoverage s : shown) {
      int of = s.implemented().size() + s.missing().size();
      terminal.answer(String.format("%-34s %4d of %4d", s.service(), s.implemented().size(), of));
      if (!services.isEmpty()) {
        s.implemented().forEach(o -> terminal.answer("  + " + o));
        s.missing().forEach(o -> terminal.answer("  - " + o));
      }
      done += s.implemented().size();
      total += of;
    }
    terminal.answer(String.format("%-34s %4d of %4d", "all", done, total));
    return 0;
  }
}
