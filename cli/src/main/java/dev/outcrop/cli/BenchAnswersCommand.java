package dev.outcrop.cli;

import dev.outcrop.cli.bench.Target;
import dev.outcrop.cli.bench.Xquad;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import software.amazon.awssdk.services.bedrockagentruntime.BedrockAgentRuntimeClient;
import software.amazon.awssdk.services.bedrockagentruntime.model.Citation;
import software.amazon.awssdk.services.bedrockagentruntime.model.RetrieveAndGenerateResponse;
import software.amazon.awssdk.services.bedrockagentruntime.model.RetrieveAndGenerateType;
import software.amazon.awssdk.services.bedrockagentruntime.model.RetrievedReference;
import software.amazon.awssdk.services.bedrockagentruntime.model.SearchType;

@Command(
    name = "answers",
    description =
        "XQuAD through RetrieveAndGenerate with outcrop.quote-v1: how often the quoted sentences"
            + " hold the answer.",
    mixinStandardHelpOptions = true)
final class BenchAnswersCommand implements Callable<Integer> {
  private static final double FIRST = 0.77;
  private static final double FIRST_THREE = 0.92;
  private static final String RANK = "x-outcrop-quote-rank";

  private final Installation installation;
  @Mixin private Common common;
  @Mixin private BenchOptions options;

  BenchAnswersCommand(Installation installation) {
    this.installation = installation;
  }

  @Override
  public Integer call() throws Exception {
    Terminal terminal = common.terminal();
    Path data =
        options.collection(
            "xquad",
            "xquad.en.json",
            "XQuAD is published as google-deepmind/xquad on GitHub under CC BY-SA 4.0.");
    Xquad xquad = Xquad.read(data.resolve("xquad.en.json"));
    try (TemporaryCorpus corpus = new TemporaryCorpus(installation, common.options())) {
      for (Xquad.Paragraph paragraph : xquad.paragraphs()) {
        Files.writeString(corpus.folder().resolve(paragraph.name()), paragraph.text());
      }
      return options.report(terminal, ask(corpus, options.first(xquad.questions()), terminal));
    }
  }

  private List<Target> ask(
      TemporaryCorpus corpus, List<Xquad.Question> questions, Terminal terminal)
      throws IOException, InterruptedException {
    String base = corpus.index(terminal);
    BedrockAgentRuntimeClient client = corpus.session().client(BedrockAgentRuntimeClient.class);
    int first = 0;
    int firstThree = 0;
    int sentences = 0;
    int done = 0;
    for (Xquad.Question question : questions) {
      List<Citation> quotes = answer(client, base, question.text()).citations();
      int rank = rank(quotes, question);
      first += rank == 1 ? 1 : 0;
      firstThree += rank <= 3 ? 1 : 0;
      sentences += quotes.size();
      terminal.progress("Asking", ++done, questions.size(), "questions");
    }
    terminal.clear();
    double all = questions.size();
    return List.of(
        options.target("answer in the first sentence", first / all, FIRST),
        options.target("answer in the first three", firstThree / all, FIRST_THREE),
        new Target("sentences quoted", sentences / all, Double.NaN));
  }

  /** The best rank of a quote that holds the answer; large when none does. */
  private static int rank(List<Citation> quotes, Xquad.Question question) {
    int best = Integer.MAX_VALUE;
    for (Citation quote : quotes) {
      String text = quote.generatedResponsePart().textResponsePart().text();
      for (RetrievedReference passage : quote.retrievedReferences()) {
        if (passage.location().s3Location().uri().endsWith("/" + question.paragraph().name())
            && question.paragraph().holds(text, question)) {
          best = Math.min(best, passage.metadata().get(RANK).asNumber().intValue());
        }
      }
    }
    return best;
  }

  private static RetrieveAndGenerateResponse answer(
      BedrockAgentRuntimeClient client, String base, String question) {
    return client.retrieveAndGenerate(
        r ->
            r.input(i -> i.text(question))
                .retrieveAndGenerateConfiguration(
                    c ->
                        c.type(RetrieveAndGenerateType.KNOWLEDGE_BASE)
                            .knowledgeBaseConfiguration(
                                k ->
                                    k.knowledgeBaseId(base)
                                        .modelArn(
                                            "arn:aws:bedrock:us-east-1::foundation-model/"
                                                + AskCommand.QUOTE)
                                        .retrievalConfiguration(
                                            s ->
                                                s.vectorSearchConfiguration(
                                                    v ->
                                                        v.overrideSearchType(
                                                            SearchType.HYBRID))))));
  }
}
