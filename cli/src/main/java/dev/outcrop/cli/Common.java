package dev.outcrop.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Options that every command has. */
final class Common {
  @Spec(Spec.Target.MIXEE)
  CommandSpec spec;

  @Option(
      names = "--home",
      scope = ScopeType.INHERIT,
      paramLabel = "DIR",
      description = "Folder of all state (default: $$OUTCROP_HOME, else ~/.outcrop).")
  String home;

  @Option(
      names = "--set",
      scope = ScopeType.INHERIT,
      paramLabel = "KEY=VALUE",
      description = "Overrides a setting of outcrop.yaml; may be repeated.")
  Map<String, String> settings = new LinkedHashMap<>();

  @Option(
      names = {"-q", "--quiet"},
      scope = ScopeType.INHERIT,
      description = "Says only what was asked for.")
  boolean quiet;

  Installation.Options options(String host, Integer port) {
    return new Installation.Options(home, port, host, settings);
  }

  Installation.Options options() {
    return options(null, null);
  }

  Terminal terminal() {
    return new Terminal(
        spec.commandLine().getOut(),
        spec.commandLine().getErr(),
        quiet || "1".equals(System.getenv("OUTCROP_QUIET")));
  }
}
