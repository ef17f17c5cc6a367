package dev.outcrop.benchmarks;

import dev.outcrop.server.Outcrop;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.model.CachePointBlock;
import software.amazon.awssdk.services.bedrockruntime.model.SystemContentBlock;

/**
 * Several conversations with the default local model: what a long beginning costs that was read
 * before, with another conversation in between, and how much four at once write against one.
 */
final class ConversationsBenchmark {
  private static final int ROUNDS = 3;
  private static final int PREFIX_WORDS = 1900;
  private static final int AT_ONCE = 4;
  private static final int ANSWER_TOKENS = 160;

  private ConversationsBenchmark() {}

  static List<Ratio> run() throws Exception {
    try (Scratch scratch = Scratch.make();
        Outcrop outcrop = Outcrop.open(ChatBenchmark.home(scratch), Map.of())) {
      BedrockRuntimeAsyncClient client = outcrop.client(BedrockRuntimeAsyncClient.class);
      ChatSpeed unused = ask(client, "", "Say something.", 20);
      return List.of(prefix(client), together(client));
    }
  }

  private static Ratio prefix(BedrockRuntimeAsyncClient client) throws Exception {
    Samples first = new Samples();
    Samples again = new Samples();
    for (int round = 1; round <= ROUNDS; round++) {
      String rules = round + ". " + Corpus.of(round, PREFIX_WORDS).texts().getLast();
      ChatSpeed cold = ask(client, rules, "What is this about?", 2);
      ChatSpeed between = ask(client, "", "What is the weather like in round " + round + "?", 2);
      ChatSpeed warm = ask(client, rules, "Who wrote it?", 2);
      if (warm.read() < 2000 || cold.read() > warm.read() / 2 || between.read() > 0) {
        throw new IllegalStateException(
            "the prefix has %d tokens of which %d were read".formatted(cold.input(), warm.read()));
      }
      first.add(cold.toFirst());
      again.add(warm.toFirst());
    }
    return new Ratio(
        "A prefix of 2,000 tokens, repeated vs first",
        again.median(),
        first.median(),
        "ms",
        Ratio.Target.atMost(0.05));
  }

  private static Ratio together(BedrockRuntimeAsyncClient client) throws Exception {
    Samples one = new Samples();
    Samples four = new Samples();
    for (int round = 0; round < ROUNDS; round++) {
      one.add(written(client, round, 1));
      four.add(written(client, round, AT_ONCE));
    }
    return new Ratio(
        "Four conversations at once vs one",
        four.median(),
        one.median(),
        "tokens/s",
        Ratio.Target.atLeast(1.5));
  }

  /** Tokens per second of all answers together, prompts included. */
  private static double written(BedrockRuntimeAsyncClient client, int round, int conversations)
      throws Exception {
    List<Callable<ChatSpeed>> work = new ArrayList<>();
    for (int i = 0; i < conversations; i++) {
      String question =
          "Tell a long story about the %s. (%d)"
              .formatted(List.of("sea", "desert", "city", "forest").get(i), round);
      work.add(() -> ask(client, "", question, ANSWER_TOKENS));
    }
    long start = System.nanoTime();
    int tokens = 0;
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<ChatSpeed> answer : executor.invokeAll(work)) {
        tokens += answer.get().output();
      }
    }
    return tokens * 1e9 / (System.nanoTime() - start);
  }

  private static ChatSpeed ask(
      BedrockRuntimeAsyncClient client, String system, String question, int tokens)
      throws Exception {
    List<SystemContentBlock> blocks =
        system.isEmpty()
            ? List.of()
            : List.of(
                SystemContentBlock.fromText(system),
                SystemContentBlock.fromCachePoint(
                    CachePointBlock.builder().type("default").build()));
    return ChatSpeed.measure(client, ChatBenchmark.MODEL, blocks, question, tokens);
  }
}
