package dev.outcrop.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "up",
    description = "Serves the AWS APIs on http://127.0.0.1:4566 until stopped (Ctrl-C).",
    mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
  private final Installation installation;
  @Mixin private Common common;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Port to listen on (default: 4566; 0 picks a free one).")
  private Integer port;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = "Address to listen on; loopback only, unless keys are configured.")
  private String host;

  UpCommand(Installation installation) {
    this.installation = installation;
  }

  @Override
  public Integer call() throws Exception {
    Terminal terminal = common.terminal();
    try (Installation.Server server = installation.serve(common.options(host, port))) {
      Thread stop = Thread.ofPlatform().unstarted(server::close);
      Runtime.getRuntime().addShutdownHook(stop);
      terminal.answer(
          "Outcrop is ready: export AWS_ENDPOINT_URL="
              + server.url()
              + " AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1"
              + (server.asksForKeys()
                  ? ", and the credentials of a key in outcrop.yaml"
                  : " AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local"));
      server.await();
    }
    return 0;
  }
}
