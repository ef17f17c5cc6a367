package dev.outcrop.cli;

import dev.outcrop.wire.SdkJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import software.amazon.awssdk.services.bedrockagent.model.IngestionJob;
import software.amazon.awssdk.services.bedrockagent.model.IngestionJobStatistics;
import software.amazon.awssdk.services.bedrockagent.model.IngestionJobStatus;
import software.amazon.awssdk.services.bedrockagentruntime.BedrockAgentRuntimeClient;
import software.amazon.awssdk.services.bedrockagentruntime.model.GenerationConfiguration;
import software.amazon.awssdk.services.bedrockagentruntime.model.RetrieveAndGenerateResponse;
import software.amazon.awssdk.services.bedrockagentruntime.model.RetrieveAndGenerateType;

@Command(
    name = "ask",
    description = "Answers a question from a folder of documents, with the passages it rests on.",
    mixinStandardHelpOptions = true)
final class AskCommand implements Callable<Integer> {
  static final String QUOTE = "outcrop.quote-v1";
  private final Installation installation;
  @Mixin private Common common;

  @Parameters(
      index = "0",
      paramLabel = "FOLDER",
      description = "The documents: text, Markdown, HTML, PDF, Office, CSV, e-mail.")
  private Path folder;

  @Parameters(index = "1", paramLabel = "QUESTION", description = "What to ask.")
  private String question;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      defaultValue = QUOTE,
      description =
          "Any configured model id, a GGUF file, hf:owner/repo/file.gguf, or openai:MODEL,"
              + " anthropic:MODEL, ollama:MODEL (default: ${DEFAULT-VALUE}, which quotes).")
  private String model;

  @Option(names = "--json", description = "Prints the raw RetrieveAndGenerate response.")
  private boolean json;

  @Option(
      names = "--max-tokens",
      paramLabel = "N",
      defaultValue = "300",
      description = "Longest answer of a language model, in tokens (default: ${DEFAULT-VALUE}).")
  private int maxTokens;

  AskCommand(Installation installation) {
    this.installation = installation;
  }

  @Override
  public Integer call() throws Exception {
    if (!Files.isDirectory(folder)) {
      throw new CommandFailure(
          folder + " is not a folder; give the folder that holds the documents");
    }
    Terminal terminal = common.terminal();
    try (Session session = installation.open(common.options(), model)) {
      String modelId =
          session.model(model, (what, done, total) -> terminal.progress(what, done, total, "B"));
      String knowledgeBase = index(session, terminal);
      RetrieveAndGenerateResponse response = answer(session, knowledgeBase, modelId);
      terminal.answer(
          json
              ? new String(SdkJson.write(response), StandardCharsets.UTF_8)
              : AnswerText.of(response, terminal));
      if (!json && model.equals(QUOTE)) {
        terminal.note(
            "\nThis answer quotes the documents. For one written by a language model: --model MODEL"
                + " (a local GGUF file, or an id of ./outcrop models).");
        installation.offers(common.options()).forEach(terminal::note);
      }
    }
    return 0;
  }

  private String index(Session session, Terminal terminal)
      throws IOException, InterruptedException {
    Path real = folder.toRealPath();
    FolderIndex index = new FolderIndex(session);
    String knowledgeBase = index.knowledgeBase(real);
    IngestionJob job = index.refresh(knowledgeBase, real, s -> show(terminal, s));
    terminal.clear();
    if (job.status() == IngestionJobStatus.FAILED) {
      throw new CommandFailure(
          "the folder could not be indexed: " + String.join("; ", job.failureReasons()));
    }
    IngestionJobStatistics done = job.statistics();
    long changed =
        done.numberOfNewDocumentsIndexed()
            + done.numberOfModifiedDocumentsIndexed()
            + done.numberOfDocumentsDeleted();
    if (changed + done.numberOfDocumentsFailed() > 0) {
      terminal.note(
          "Indexed "
              + done.numberOfNewDocumentsIndexed()
              + " new, "
              + done.numberOfModifiedDocumentsIndexed()
              + " changed; "
              + done.numberOfDocumentsDeleted()
              + " removed, "
              + done.numberOfDocumentsFailed()
              + " failed");
      job.failureReasons().forEach(reason -> terminal.note("  " + reason));
    }
    return knowledgeBase;
  }

  private static void show(Terminal terminal, IngestionJobStatistics s) {
    long done =
        s.numberOfNewDocumentsIndexed()
            + s.numberOfModifiedDocumentsIndexed()
            + s.numberOfDocumentsFailed();
    if (done > 0) {
      terminal.progress(
          "Indexing", done, Math.max(done, s.numberOfDocumentsScanned()), "documents");
    }
  }

  private RetrieveAndGenerateResponse answer(
      Session session, String knowledgeBase, String modelId) {
    return session
        .client(BedrockAgentRuntimeClient.class)
        .retrieveAndGenerate(
            r ->
                r.input(i -> i.text(question))
                    .retrieveAndGenerateConfiguration(
                        c ->
                            c.type(RetrieveAndGenerateType.KNOWLEDGE_BASE)
                                .knowledgeBaseConfiguration(
                                    k ->
                                        k.knowledgeBaseId(knowledgeBase)
                                            .modelArn(
                                                "arn:aws:bedrock:us-east-1::foundation-model/"
                                                    + modelId)
                                            .generationConfiguration(generation()))));
  }

  /** Quotes need no settings; a language model is kept to a short answer without chance in it. */
  private GenerationConfiguration generation() {
    return model.equals(QUOTE)
        ? null
        : GenerationConfiguration.builder()
            .inferenceConfig(
                i -> i.textInferenceConfig(t -> t.maxTokens(maxTokens).temperature(0f)))
            .build();
  }
}
