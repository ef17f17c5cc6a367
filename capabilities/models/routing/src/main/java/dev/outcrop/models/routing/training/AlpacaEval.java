package dev.outcrop.models.routing.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outcrop.models.routing.training.Example.Subject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * tatsu-lab/alpaca_eval: how often, by GPT-4's judgement, the answers of small and of large models
 * to 805 instructions are better than one same model's, {@code text-davinci-003}. Since that one's
 * are useful answers, one that is not better is worth half of one that is.
 *
 * @param folder the repository
 */
record AlpacaEval(Path folder) {
  private static final List<String> CHEAP =
      List.of(
          "vicuna-13b",
          "wizardlm-13b",
          "llama-2-7b-chat-hf",
          "zephyr-7b-alpha",
          "zephyr-7b-beta",
          "minichat-3b",
          "phi-2-sft",
          "alpaca-7b",
          "falcon-7b-instruct",
          "tulu-2-dpo-7b",
          "recycled-wizardlm-7b-v2.0");
  private static final List<String> ABLE =
      List.of(
          "gpt4",
          "gpt4_0314",
          "gpt4_1106_preview",
          "claude",
          "claude-2",
          "mistral-medium",
          "tulu-2-dpo-70b",
          "Yi-34B-Chat",
          "llama-2-70b-chat-hf");
  private static final ObjectMapper JSON = new ObjectMapper();

  List<Example> examples() throws IOException {
    Averages averages = new Averages();
    for (String model : CHEAP) {
      read(model, false, averages);
    }
    for (String model : ABLE) {
      read(model, true, averages);
    }
    return averages.examples("alpaca-eval", Subject.CHAT, instruction -> instruction);
  }

  private void read(String model, boolean able, Averages averages) throws IOException {
    Path file =
        folder.resolve("results").resolve(model).resolve("alpaca_eval_gpt4/annotations.json");
    for (JsonNode judged : JSON.readTree(file.toFile())) {
      double preference = judged.path("preference").asDouble();
      // From 1, the first answer is better, to 2, the second one is; 0 where there is no judgement.
      if (preference >= 1) {
        boolean first = judged.path("generator_1").asText().equals("text_davinci_003");
        double better = first ? preference - 1 : 2 - preference;
        averages.add(judged.path("instruction").asText(), able, (1 + better) / 2);
      }
    }
  }
}
