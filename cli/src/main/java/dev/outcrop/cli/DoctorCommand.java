package dev.outcrop.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "doctor",
    description = "Checks JDK, models, disk and port, and says what to do.",
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
  private final Installation installation;
  @Mixin private Common common;

  @Option(names = "--port", paramLabel = "N", description = "Port that the server would use.")
  private Integer port;

  DoctorCommand(Installation installation) {
    this.installation = installation;
  }

  @Override
  public Integer call() {
    Terminal terminal = common.terminal();
    List<Installation.Finding> findings = installation.examine(common.options(null, port));
    boolean healthy = true;
    for (Installation.Finding finding : findings) {
      healthy &= finding.level() != Installation.Level.PROBLEM;
      String mark =
          switch (finding.level()) {
            case OK -> "ok      ";
            case NOTE -> "note    ";
            case PROBLEM -> "PROBLEM ";
          };
      terminal.answer(mark + finding.subject() + ": " + finding.detail());
      if (finding.remedy() != null) {
        terminal.answer("        " + finding.remedy());
      }
    }
    return healthy ? 0 : 1;
  }
}
