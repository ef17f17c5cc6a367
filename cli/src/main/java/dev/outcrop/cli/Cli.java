package dev.outcrop.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** The {@code outcrop} command line. */
public final class Cli {
  private Cli() {}

  @Command(
      name = "outcrop",
      description = "Bedrock, out in the open: the Amazon Bedrock blueprint on machines you own.",
      mixinStandardHelpOptions = true,
      version = "outcrop 0.1.0",
      synopsisSubcommandLabel = "COMMAND",
      footer = {
        "",
        "./outcrop test [MAVEN OPTIONS] builds everything and runs every test.",
        "./outcrop COMMAND --help explains a command."
      })
  private static final class Root {}

  /** Runs one command and returns the process's exit code: 0 done, 1 failed, 2 wrong usage. */
  public static int run(Installation installation, String... arguments) {
    CommandLine line = new CommandLine(new Root());
    Map<String, Supplier<Object>> commands = commands(installation);
    // Reading a command's options costs a start some time: when one is named, only its own are
    // read.
    Supplier<Object> named = arguments.length == 0 ? null : commands.get(arguments[0]);
    (named == null ? commands.values() : List.of(named))
        .forEach(command -> line.addSubcommand(command.get()));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          command.getErr().println("outcrop: " + explain(failure));
          if (System.getenv("OUTCROP_DEBUG") != null) {
            failure.printStackTrace(command.getErr());
          }
          command.getErr().flush();
          return 1;
        });
    if (arguments.length == 0) {
      line.usage(line.getOut());
      return 2;
    }
    return line.execute(arguments);
  }

  private static Map<String, Supplier<Object>> commands(Installation installation) {
    Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
    commands.put("up", () -> new UpCommand(installation));
    commands.put("ask", () -> new AskCommand(installation));
    commands.put("models", () -> new ModelsCommand(installation));
    commands.put("usage", () -> new UsageCommand(installation));
    commands.put("coverage", () -> new CoverageCommand(installation));
    commands.put("doctor", () -> new DoctorCommand(installation));
    commands.put("bench", () -> BenchCommand.line(installation));
    return commands;
  }

  private static String explain(Throwable failure) {
    if (failure instanceof AwsServiceException aws && aws.awsErrorDetails() != null) {
      return aws.awsErrorDetails().errorMessage() + " (" + aws.awsErrorDetails().errorCode() + ")";
    }
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }
}
