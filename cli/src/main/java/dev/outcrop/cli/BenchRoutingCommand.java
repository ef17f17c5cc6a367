package dev.outcrop.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "routing",
    description =
        "Prompt routing on held-out prompts of public data: what is saved, and what is lost.",
    mixinStandardHelpOptions = true)
final class BenchRoutingCommand implements Callable<Integer> {
  private final Installation installation;
  @Mixin private Common common;
  @Mixin private BenchOptions options;

  BenchRoutingCommand(Installation installation) {
    this.installation = installation;
  }

  @Override
  public Integer call() throws IOException {
    return options.report(
        common.terminal(), installation.routing(options.folder("RouteLLM"), options.limit()));
  }
}
