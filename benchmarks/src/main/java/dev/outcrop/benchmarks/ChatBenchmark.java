package dev.outcrop.benchmarks;

import dev.outcrop.config.Home;
import dev.outcrop.models.catalogue.Catalogue;
import dev.outcrop.models.catalogue.ModelsSettings;
import dev.outcrop.models.files.Libraries;
import dev.outcrop.models.files.ModelFiles;
import dev.outcrop.models.llama.LlamaLibraries;
import dev.outcrop.models.llama.binding.BareLoop;
import dev.outcrop.server.Outcrop;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;

/**
 * Reading a prompt and writing an answer through ConverseStream, in tokens per second, against the
 * same llama.cpp in a loop with nothing around it. The model and the libraries are those of the
 * home folder; they are fetched into it if they are missing.
 */
final class ChatBenchmark {
  static final String MODEL = "outcrop.smollm2-135m-instruct-v1";
  private static final int WARM_UP = 3;
  private static final int ROUNDS = 7;
  private static final int PROMPT_WORDS = 500;
  private static final int ANSWER_TOKENS = 100;
  private static final int CELLS = 8192;
  private static final int BATCH = 512;

  private ChatBenchmark() {}

  static List<Ratio> run() throws Exception {
    try (Scratch scratch = Scratch.make()) {
      Path state = home(scratch);
      LlamaLibraries wanted = LlamaLibraries.here("cpu");
      Path libraries =
          new Libraries(state.resolve("libraries"))
              .pull(wanted.npm(), wanted.version(), wanted.integrity(), (done, total) -> {})
              .resolve(wanted.folder());
      return measure(state, libraries, model(state));
    }
  }

  private static Path model(Path home) throws Exception {
    return new ModelFiles(home.resolve("models"))
        .pull(
            Catalogue.of(ModelsSettings.defaults()).find(MODEL).orElseThrow(), (done, total) -> {});
  }

  /** A new home folder with the models and libraries of the usual one. */
  static Path home(Scratch scratch) throws Exception {
    Path usual = Home.find(null, System.getenv()).folder();
    Path state = Files.createDirectory(scratch.resolve("home"));
    for (String shared : List.of("models", "libraries")) {
      Files.createDirectories(usual.resolve(shared));
      Files.createSymbolicLink(state.resolve(shared), usual.resolve(shared));
    }
    Path unused = model(state);
    return state;
  }

  /**
   * Both in turn, so that a machine whose speed wanders treats them alike; the ratio is that of the
   * median round.
   */
  private static List<Ratio> measure(Path home, Path libraries, Path file) throws Exception {
    int threads = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
    List<Ratio> prefill = new ArrayList<>();
    List<Ratio> decode = new ArrayList<>();
    try (Outcrop outcrop = Outcrop.open(home, Map.of());
        BareLoop bare = new BareLoop(libraries, file, CELLS, BATCH, threads)) {
      BedrockRuntimeAsyncClient client = outcrop.client(BedrockRuntimeAsyncClient.class);
      for (int round = -WARM_UP; round < ROUNDS; round++) {
        String prompt = prompt(round);
        ChatSpeed with = null;
        if (round % 2 == 0) {
          with = ChatSpeed.measure(client, MODEL, List.of(), prompt, ANSWER_TOKENS);
        }
        BareLoop.Speed without = bare.run(prompt, ANSWER_TOKENS);
        if (with == null) {
          with = ChatSpeed.measure(client, MODEL, List.of(), prompt, ANSWER_TOKENS);
        }
        if (round >= 0) {
          prefill.add(ratio("Chat prefill vs bare binding", with.prefill(), without.prefill()));
          decode.add(ratio("Chat decode vs bare binding", with.decode(), without.decode()));
        }
      }
    }
    return List.of(median(prefill), median(decode));
  }

  private static Ratio ratio(String name, double ours, double baseline) {
    return new Ratio(name, ours, baseline, "tokens/s", Ratio.Target.atLeast(0.95));
  }

  private static Ratio median(List<Ratio> rounds) {
    rounds.sort(Comparator.comparingDouble(Ratio::value));
    return rounds.get(rounds.size() / 2);
  }

  /** Every round begins otherwise, so that no prefix is reused. */
  private static String prompt(int round) {
    return "Story "
        + (round + WARM_UP + 1)
        + ". "
        + Corpus.of(round + WARM_UP + 1, PROMPT_WORDS).texts().getLast()
        + "\nTell a very long story in which all of this happens, with every detail.";
  }
}
