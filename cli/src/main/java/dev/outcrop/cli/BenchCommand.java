package dev.outcrop.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

@Command(
    name = "bench",
    description =
        "Measures the quality of retrieval, answers and routing on public test collections.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class BenchCommand {
  private BenchCommand() {}

  static CommandLine line(Installation installation) {
    return new CommandLine(new BenchCommand())
        .addSubcommand(new BenchRetrievalCommand(installation))
        .addSubcommand(new BenchAnswersCommand(installation))
        .addSubcommand(new BenchRoutingCommand(installation));
  }
}
