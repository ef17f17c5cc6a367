package dev.outcrop.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "models",
    description = "Lists, pulls and removes models.",
    mixinStandardHelpOptions = true,
    subcommands = {})
final class ModelsCommand implements Callable<Integer> {
  private final Installation installation;
  @Mixin private Common common;

  ModelsCommand(Installation installation) {
    this.installation = installation;
  }

  @Override
  public Integer call() throws IOException {
    return list();
  }

  @Command(
      name = "list",
      description = "Lists the models of the catalogue.",
      mixinStandardHelpOptions = true)
  int list() throws IOException {
    Terminal terminal = common.terminal();
    for (ModelShelf.Model model : installation.models(common.options()).list()) {
      String state =
          model.bytes() == 0
              ? "built in"
              : model.present() ? "here" : Terminal.bytes(model.bytes());
      terminal.answer(
          String.format(
              "%-40s %-10s %-10s %-22s %s",
              model.id(), model.kind(), state, model.licence(), model.note()));
    }
    return 0;
  }

  @Command(
      name = "pull",
      description = "Fetches a model and the libraries it needs; resumes what was begun.",
      mixinStandardHelpOptions = true)
  int pull(
      @Parameters(
              paramLabel = "MODEL",
              description = "An id of the list, or hf:owner/repo/file.gguf.")
          String id,
      @Option(names = "--dry-run", description = "Only says what would be fetched.") boolean dryRun)
      throws IOException, InterruptedException {
    Terminal terminal = common.terminal();
    ModelShelf shelf = installation.models(common.options());
    List<ModelShelf.Model> missing = shelf.missing(id);
    if (missing.isEmpty()) {
      terminal.answer(id + " is already here");
      return 0;
    }
    for (ModelShelf.Model model : missing) {
      terminal.note(announce(model));
    }
    if (!dryRun) {
      shelf.pull(id, (what, done, total) -> terminal.progress(what, done, total, "B"));
      terminal.answer(id + " is ready");
    }
    return 0;
  }

  @Command(
      name = "remove",
      description = "Deletes a model's files.",
      mixinStandardHelpOptions = true)
  int remove(@Parameters(paramLabel = "MODEL", description = "An id of the list.") String id)
      throws IOException {
    boolean removed = installation.models(common.options()).remove(id);
    common.terminal().answer(removed ? id + " was removed" : id + " has no files on this machine");
    return 0;
  }

  static String announce(ModelShelf.Model model) {
    return "Fetching "
        + model.id()
        + ": "
        + Terminal.bytes(model.bytes())
        + ", licence "
        + model.licence();
  }
}
