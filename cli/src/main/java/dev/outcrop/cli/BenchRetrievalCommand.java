package dev.outcrop.cli;

import dev.outcrop.cli.bench.Cacm;
import dev.outcrop.cli.bench.Ranked;
import dev.outcrop.cli.bench.Target;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import software.amazon.awssdk.services.bedrockagentruntime.BedrockAgentRuntimeClient;
import software.amazon.awssdk.services.bedrockagentruntime.model.KnowledgeBaseRetrievalResult;
import software.amazon.awssdk.services.bedrockagentruntime.model.RetrieveResponse;
import software.amazon.awssdk.services.bedrockagentruntime.model.SearchType;

@Command(
    name = "retrieval",
    description =
        "CACM through StartIngestionJob and Retrieve: mean average precision of keyword, vector and"
            + " hybrid search.",
    mixinStandardHelpOptions = true)
final class BenchRetrievalCommand implements Callable<Integer> {
  /** Anserini's BM25 on the same text. */
  private static final double KEYWORD = 0.3123;

  private static final double HYBRID = 0.37;
  private static final int DEPTH = 1000;
  private static final int PAGE = 100;

  private final Installation installation;
  @Mixin private Common common;
  @Mixin private BenchOptions options;

  BenchRetrievalCommand(Installation installation) {
    this.installation = installation;
  }

  /** The means over the topics. */
  private record Quality(double averagePrecision, double precisionAt30) {}

  @Override
  public Integer call() throws Exception {
    Terminal terminal = common.terminal();
    Cacm cacm =
        Cacm.read(
            options.collection(
                "cacm",
                "cacm.tar.gz",
                "CACM is a public test collection: 3,204 abstracts (cacm.tar.gz), topics.txt and"
                    + " qrels.txt (TREC format), as found in Anserini's collections."));
    try (TemporaryCorpus corpus = new TemporaryCorpus(installation, common.options())) {
      cacm.unpack(corpus.folder());
      String base = corpus.index(terminal);
      BedrockAgentRuntimeClient client = corpus.session().client(BedrockAgentRuntimeClient.class);
      Quality keyword = measure(client, base, null, cacm, terminal);
      Quality vector = measure(client, base, SearchType.SEMANTIC, cacm, terminal);
      Quality hybrid = measure(client, base, SearchType.HYBRID, cacm, terminal);
      double parts = Math.max(keyword.averagePrecision(), vector.averagePrecision());
      return options.report(
          terminal,
          List.of(
              options.target("keyword MAP", keyword.averagePrecision(), KEYWORD),
              new Target("keyword P@30", keyword.precisionAt30(), Double.NaN),
              new Target("vector MAP", vector.averagePrecision(), Double.NaN),
              new Target("vector P@30", vector.precisionAt30(), Double.NaN),
              options.target("hybrid MAP", hybrid.averagePrecision(), HYBRID),
              options.target("hybrid MAP over the better part", hybrid.averagePrecision(), parts),
              new Target("hybrid P@30", hybrid.precisionAt30(), Double.NaN)));
    }
  }

  private Quality measure(
      BedrockAgentRuntimeClient client,
      String base,
      SearchType type,
      Cacm cacm,
      Terminal terminal) {
    List<Cacm.Topic> topics = options.first(cacm.topics());
    double precision = 0;
    double precisionAt30 = 0;
    int done = 0;
    for (Cacm.Topic topic : topics) {
      Ranked ranked = search(client, base, type, topic.text());
      precision += ranked.averagePrecision(topic.relevant());
      precisionAt30 += ranked.precision(topic.relevant(), 30);
      terminal.progress(
          type == null ? "KEYWORD" : type.toString(), ++done, topics.size(), "topics");
    }
    return new Quality(precision / topics.size(), precisionAt30 / topics.size());
  }

  /** The documents of the first passages; one with several passages stands where its best does. */
  private static Ranked search(
      BedrockAgentRuntimeClient client, String base, SearchType type, String question) {
    Set<String> documents = new LinkedHashSet<>();
    String token = null;
    int passages = 0;
    do {
      String from = token;
      RetrieveResponse page =
          client.retrieve(
              r ->
                  r.knowledgeBaseId(base)
                      .retrievalQuery(q -> q.text(question))
                      .nextToken(from)
                      .retrievalConfiguration(
                          c ->
                              c.vectorSearchConfiguration(
                                  v -> v.numberOfResults(PAGE).overrideSearchType(type))));
      page.retrievalResults().forEach(result -> documents.add(name(result)));
      passages += page.retrievalResults().size();
      token = page.nextToken();
    } while (token != null && passages < DEPTH);
    return new Ranked(List.copyOf(documents));
  }

  private static String name(KnowledgeBaseRetrievalResult result) {
    String file = Path.of(result.location().s3Location().uri()).getFileName().toString();
    return file.substring(0, file.lastIndexOf('.'));
  }
}
